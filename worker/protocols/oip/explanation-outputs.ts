// Explanations as output tensors: there when they are asked for by name, and never among the defaults, since they cost more
// than the prediction.

import type { Explainer } from '#contract/explain/explainer.ts';
import type { TabularManifest } from '#contract/manifest.ts';
import type { TensorMetadata } from '#contract/tensors/tensor.ts';
import { EXPLANATION_FILE } from '../../inference/load-explainer.ts';
import type { OutputTensor } from './outputs.ts';
import type { InferRequest } from './parse-infer-request.ts';

/** Outputs that exist on request, -1 being the rows; none for a version without trees. A number has no dimension of labels. */
export function explanationOutputs({
  signature,
  files,
}: TabularManifest): readonly TensorMetadata[] {
  if (files[EXPLANATION_FILE] === undefined) return [];
  const { features, target } = signature;
  const labels = target.type === 'category' ? [target.labels.length] : [];
  return [
    { name: 'shap_values', datatype: 'FP32', shape: [-1, features.length, ...labels] },
    { name: 'base_value', datatype: 'FP32', shape: [-1, ...labels] },
  ];
}

/** Whether any output that is asked for is an explanation the version has. */
export const asksForExplanation = (manifest: TabularManifest, { outputs }: InferRequest): boolean =>
  outputs !== null &&
  explanationOutputs(manifest).some(({ name }) => outputs.some((output) => output.name === name));

export interface EncodedRows {
  /** [rows, width], row-major. */
  readonly values: Float32Array;
  readonly rows: number;
}

/** One of the explanation outputs. */
export function explanationTensor(
  explainer: Explainer,
  { name, datatype, shape }: TensorMetadata,
  { values, rows }: EncodedRows,
): OutputTensor {
  const elements =
    name === 'base_value' ? baseValues(explainer, rows) : shapValues(explainer, values, rows);
  return { name, datatype, shape: [rows, ...shape.slice(1)], elements };
}

function baseValues({ baseValues, outputs }: Explainer, rows: number): Float32Array {
  const elements = new Float32Array(rows * outputs);
  for (let row = 0; row < rows; row++) elements.set(baseValues, row * outputs);
  return elements;
}

function shapValues(explainer: Explainer, values: Float32Array, rows: number): Float32Array {
  const size = explainer.features * explainer.outputs;
  const elements = new Float32Array(rows * size);
  const attributions = new Float64Array(size);
  for (let row = 0; row < rows; row++) {
    explainer.explain(values, (row * values.length) / rows, attributions);
    elements.set(attributions, row * size);
  }
  return elements;
}
