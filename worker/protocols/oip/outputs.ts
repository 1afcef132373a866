// What a tabular model answers over the Open Inference Protocol: names, datatypes and shapes, and how each comes out of an
// inference. Labels are texts, so they are not in the ONNX file; they are made here from the signature.

import { shortestDecimal } from '#contract/tensors/float32.ts';
import type { TabularManifest } from '#contract/manifest.ts';
import { invalid } from '#contract/problem.ts';
import type { Elements } from '#contract/tensors/tensor-data.ts';
import type { TensorMetadata } from '#contract/tensors/tensor.ts';
import { likeliest } from '../../inference/likeliest.ts';
import type { Inference } from '../../inference/predictor.ts';

export interface OutputTensor extends TensorMetadata {
  readonly elements: Elements;
}

/** The outputs a model announces; -1 stands for the rows. */
export function announcedOutputs(manifest: TabularManifest): readonly TensorMetadata[] {
  const { target } = manifest.signature;
  if (target.type === 'number') return [{ name: 'value', datatype: 'FP32', shape: [-1] }];
  return [
    { name: 'label', datatype: 'BYTES', shape: [-1] },
    { name: 'label_index', datatype: 'INT64', shape: [-1] },
    { name: 'probabilities', datatype: 'FP32', shape: [-1, target.labels.length] },
  ];
}

/** One output of an inference. `name` is an announced one. */
export function outputTensor(
  manifest: TabularManifest,
  inference: Inference,
  name: string,
): OutputTensor {
  const { outputs, rows } = inference;
  const { target } = manifest.signature;
  if (target.type === 'number') return { name, datatype: 'FP32', shape: [rows], elements: outputs };
  const width = target.labels.length;
  if (name === 'probabilities')
    return { name, datatype: 'FP32', shape: [rows, width], elements: outputs };
  const indices = likeliest(outputs, rows, width);
  if (name === 'label_index') return { name, datatype: 'INT64', shape: [rows], elements: indices };
  const elements = indices.map((index) => target.labels[index]!);
  return { name, datatype: 'BYTES', shape: [rows], elements };
}

/**
 * The classification extension: the `count` best classes of each row as "<value>:<index>:<label>", best first; equal ones in
 * the order of the labels. Throws ProblemError for an output that is not one value a class.
 */
export function classify(
  manifest: TabularManifest,
  inference: Inference,
  name: string,
  count: number,
  pointer: string,
): OutputTensor {
  const { target } = manifest.signature;
  if (name !== 'probabilities' || target.type !== 'category')
    throw invalid(pointer, 'can be classified only where there is a value for each class');
  const { outputs, rows } = inference;
  const width = target.labels.length;
  const kept = Math.min(count, width);
  const elements: string[] = [];
  for (let row = 0; row < rows; row++) {
    const values = outputs.subarray(row * width, (row + 1) * width);
    const order = Array.from(values.keys()).sort((a, b) => values[b]! - values[a]! || a - b);
    for (const index of order.slice(0, kept))
      elements.push(`${shortestDecimal(values[index]!)}:${index}:${target.labels[index]!}`);
  }
  return { name, datatype: 'BYTES', shape: [rows, kept], elements };
}
