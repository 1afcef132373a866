// What an operator of a graph is to the kernel: made once from its node, then a step of every run.

import type { TensorValue } from '#contract/tensors/tensor-data.ts';
import type { Attributes } from './attributes.ts';
import type { Kernel } from './code.ts';
import { Unsupported } from './unsupported.ts';

export interface OperatorNode {
  readonly operator: string;
  readonly attributes: Attributes;
  /** Which of the node's outputs is asked for. */
  readonly output: number;
  /** By input: its value where the file has it, null where the run decides. */
  readonly constants: readonly (TensorValue | null)[];
  /** Of the standard operators. */
  readonly opset: number;
}

export interface OperatorContext {
  readonly kernel: Kernel;
  /** What is to be called when the model is released. */
  own(release: () => void): void;
}

export type Step = (inputs: readonly TensorValue[]) => TensorValue;

/** Throws Unsupported for what it does not do as ONNX Runtime does. */
export type Operator = (node: OperatorNode, context: OperatorContext) => Step;

/** A float32 tensor of two dimensions. */
export function requireRows({ datatype, shape, elements }: TensorValue) {
  if (datatype !== 'FP32' || shape.length !== 2 || !(elements instanceof Float32Array))
    throw new Unsupported(`${datatype} [${shape.join(', ')}] instead of rows of FP32`);
  return { rows: shape[0]!, columns: shape[1]!, values: elements };
}

/** Elements of a value within a run: 64 MiB of float32. A few lines of a file can ask for any number. */
const MAX_ELEMENTS = 2 ** 24;

export function checkSize(elements: number): void {
  if (elements > MAX_ELEMENTS) throw new Unsupported(`a value of ${elements} elements`);
}

/** The value of an input that the file must have. */
export function requireConstant({ operator, constants }: OperatorNode, input: number): TensorValue {
  const value = constants[input];
  if (value === null || value === undefined)
    throw new Unsupported(`${operator} whose input ${input} is no constant`);
  return value;
}

export const float32 = (shape: readonly number[], elements: Float32Array): TensorValue => ({
  datatype: 'FP32',
  shape,
  elements,
});
