// A fitted model → an ONNX file that explains itself: one input, one output, and in the metadata what goes in and comes out.

import type { EncodedSignature } from '#contract/features/encoded.ts';
import type { TensorMetadata } from '#contract/tensors/tensor.ts';
import type { TreeEnsemble } from '#contract/model/tree.ts';
import { graphOf } from './graph.ts';
import { FLOAT, ModelProto } from '#engine/onnx/messages.ts';

const IR_VERSION = 8;

export interface OnnxModel {
  readonly bytes: Uint8Array;
  readonly inputs: readonly TensorMetadata[];
  readonly outputs: readonly TensorMetadata[];
}

export interface ConvertOptions {
  readonly model: string;
  readonly signature: EncodedSignature;
  /** Versions by name, `gharial` among them. */
  readonly tools: Readonly<Record<string, string>>;
}

/**
 * Input `features` FLOAT [N, f]; output `probabilities` FLOAT [N, k], or `value` FLOAT [N, 1] for a number.
 * There is no label output: the label is the first largest probability.
 */
export function convert(
  ensemble: TreeEnsemble,
  { model, signature, tools }: ConvertOptions,
): OnnxModel {
  const input = tensor('features', signature.features.length);
  const isClass = signature.target.type === 'category';
  const output = tensor(isClass ? 'probabilities' : 'value', ensemble.outputs);
  const { nodes, initializers, opsets } = graphOf(ensemble, input.name, output.name);
  const proto = ModelProto.create({
    ir_version: IR_VERSION,
    producer_name: 'gharial',
    producer_version: tools.gharial,
    graph: {
      name: model,
      node: nodes,
      initializer: initializers,
      input: [valueInfo(input)],
      output: [valueInfo(output)],
    },
    opset_import: opsets,
    metadata_props: metadataOf(model, signature),
  });
  return { bytes: ModelProto.encode(proto).finish(), inputs: [input], outputs: [output] };
}

const tensor = (name: string, width: number): TensorMetadata => ({
  name,
  datatype: 'FP32',
  shape: [-1, width],
});

function valueInfo({ name, shape }: TensorMetadata): object {
  const dim = shape.map((size) => (size === -1 ? { dim_param: 'N' } : { dim_value: size }));
  return { name, type: { tensor_type: { elem_type: FLOAT, shape: { dim } } } };
}

/** Values are JSON; a category's code is its place in its feature's list, a label's its place among the labels. */
function metadataOf(model: string, { features, target }: EncodedSignature): object[] {
  const labels = target.type === 'category' ? [['labels', target.labels] as const] : [];
  const entries = [
    ['model', model],
    ['features', features],
    ['target', target.name],
    ...labels,
  ] as const;
  return entries.map(([key, value]) => ({ key, value: JSON.stringify(value) }));
}
