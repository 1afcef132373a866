// A model in the words of the Open Inference Protocol and of Triton's configuration extension.

import { encodedSignature } from '#contract/encoded.ts';
import type { Manifest } from '#contract/manifest.ts';
import type { TensorMetadata } from '#contract/tensor.ts';
import type { Feature } from '#contract/signature.ts';
import { explanationOutputs } from './explanation-outputs.ts';
import { announcedOutputs } from './outputs.ts';

export const PLATFORM = 'onnx_onnxv1';

/** Inputs by name: one tensor of [rows] a feature. */
export function announcedInputs(manifest: Manifest): readonly TensorMetadata[] {
  return manifest.signature.features.map((feature) => ({
    name: feature.name,
    datatype: datatypeOf(feature),
    shape: [-1],
  }));
}

const DATATYPES: Readonly<Record<Feature['type'], TensorMetadata['datatype']>> = {
  number: 'FP32',
  category: 'BYTES',
  boolean: 'BOOL',
  // YYYY-MM-DD
  date: 'BYTES',
};

export const datatypeOf = ({ type }: Feature): TensorMetadata['datatype'] => DATATYPES[type];

export function modelMetadata(manifest: Manifest, versions: readonly string[]): object {
  const [packed] = manifest.tensors.inputs;
  return {
    name: manifest.model,
    versions,
    platform: PLATFORM,
    inputs: announcedInputs(manifest),
    outputs: announcedOutputs(manifest),
    properties: {
      title: manifest.title,
      ...explanationProperties(manifest),
      packed_input: packed?.name ?? '',
      packed_shape: `[-1, ${encodedSignature(manifest.signature).features.length}]`,
    },
  };
}

/** Outputs that are answered only when a request names them, as the protocol's properties have it: in one text. */
function explanationProperties(manifest: Manifest): object {
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
  return {
    name: manifest.model,
    platform: PLATFORM,
    backend: 'onnxruntime',
    version_policy: { all: {} },
    // Dimensions are whole: the rows are the first of them, as in every tensor here.
    max_batch_size: 0,
    parameters: { max_rows: { string_value: String(maxRows) } },
    input: announcedInputs(manifest).map(withType),
    output: announcedOutputs(manifest).map(withType),
    default_model_filename: 'model.onnx',
  };
}
