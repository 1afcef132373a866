// A model in the words of the Open Inference Protocol and of Triton's configuration extension.

import { takesPackedRows } from '#contract/features/bind-features.ts';
import { encodedSignature } from '#contract/features/encoded.ts';
import { isTabular, type Manifest, type TabularManifest } from '#contract/manifest.ts';
import type { TensorMetadata } from '#contract/tensors/tensor.ts';
import type { Feature } from '#contract/signature.ts';
import { explanationOutputs } from './explanation-outputs.ts';
import { announcedShape } from './check-named-tensors.ts';
import { announcedOutputs } from './outputs.ts';

export const PLATFORM = 'onnx_onnxv1';

interface Announced {
  readonly inputs: readonly TensorMetadata[];
  readonly outputs: readonly TensorMetadata[];
}

/** A model of rows has one input of [rows] a feature, and what the signature makes of its outputs; any other, what its file names. */
function announce(manifest: Manifest): Announced {
  if (isTabular(manifest))
    return { inputs: announcedInputs(manifest), outputs: announcedOutputs(manifest) };
  const { inputs, outputs } = manifest.tensors;
  return { inputs: inputs.map(withoutLabels), outputs: outputs.map(withoutLabels) };
}

const withoutLabels = ({ name, datatype, shape }: TensorMetadata): TensorMetadata => ({
  name,
  datatype,
  shape: announcedShape(shape),
});

const announcedInputs = ({ signature }: TabularManifest): readonly TensorMetadata[] =>
  signature.features.map((feature) => ({
    name: feature.name,
    datatype: datatypeOf(feature),
    shape: [-1],
  }));

const DATATYPES: Readonly<Record<Feature['type'], TensorMetadata['datatype']>> = {
  number: 'FP32',
  category: 'BYTES',
  boolean: 'BOOL',
  // YYYY-MM-DD
  date: 'BYTES',
};

export const datatypeOf = ({ type }: Feature): TensorMetadata['datatype'] => DATATYPES[type];

export function modelMetadata(manifest: Manifest, versions: readonly string[]): object {
  return {
    name: manifest.model,
    versions,
    platform: PLATFORM,
    ...announce(manifest),
    properties: {
      title: manifest.title,
      ...(isTabular(manifest) ? tabularProperties(manifest) : labelProperties(manifest.tensors)),
    },
  };
}

function tabularProperties(manifest: TabularManifest): object {
  if (!takesPackedRows(manifest.tensors)) return {};
  return {
    ...explanationProperties(manifest),
    packed_input: manifest.tensors.inputs[0]!.name,
    packed_shape: `[-1, ${encodedSignature(manifest.signature).features.length}]`,
  };
}

/** The names of an output's classes, as the classification extension says them. */
const labelProperties = ({ outputs }: Manifest['tensors']): object =>
  Object.fromEntries(
    outputs.flatMap(({ name, labels }) =>
      labels === undefined ? [] : [[`labels_${name}`, labels.join(', ')]],
    ),
  );

/** Outputs that are answered only when a request names them, as the protocol's properties have it: in one text. */
function explanationProperties(manifest: TabularManifest): object {
  const outputs = explanationOutputs(manifest);
  if (outputs.length === 0) return {};
  const named = outputs.map(
    ({ name, datatype, shape }) => `${name} ${datatype} [${shape.join(', ')}]`,
  );
  return { outputs_on_request: named.join('; ') };
}

export function modelConfig(manifest: Manifest, maxRows: number): object {
  const withType = ({ name, datatype, shape }: TensorMetadata): object => ({
    name,
    data_type: datatype === 'BYTES' ? 'TYPE_STRING' : `TYPE_${datatype}`,
    dims: shape,
  });
  const { inputs, outputs } = announce(manifest);
  return {
    name: manifest.model,
    platform: PLATFORM,
    backend: 'onnxruntime',
    version_policy: { all: {} },
    // Dimensions are whole: the rows are the first of them, as in every tensor here.
    max_batch_size: 0,
    parameters: { max_rows: { string_value: String(maxRows) } },
    input: inputs.map(withType),
    output: outputs.map(withType),
    default_model_filename: 'model.onnx',
  };
}
