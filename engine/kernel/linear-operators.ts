// Matrix products and the linear operators. The sums are the kernel's, in the order of MLAS's sgemm.

import { elementCount, type TensorValue } from '#contract/tensors/tensor-data.ts';
import type { Kernel } from './code.ts';
import { logisticOf } from './expf.ts';
import { sigmoid, softmaxRows } from './mlas.ts';
import {
  float32,
  requireConstant,
  requireRows,
  type Operator,
  type OperatorContext,
  type OperatorNode,
  type Step,
} from './operator.ts';
import { softmaxInPlace, softmaxZeroInPlace } from './post-transforms.ts';
import { Unsupported } from './unsupported.ts';

export const matMul: Operator = (node, context) => {
  node.attributes.refuseOthers();
  return productStep(context, packed(weightsOf(node, false)), null);
};

/** A MatMul whose only reader adds a constant row is one product to ONNX Runtime (MatMulAddFusion). */
export const matMulAdd = (
  context: OperatorContext,
  weights: TensorValue,
  bias: TensorValue,
): Step => productStep(context, packed(matrixOf(weights, false)), biasOf(bias));

export const gemm: Operator = (node, context) => {
  const { attributes, constants } = node;
  const isAsWritten =
    attributes.float('alpha', 1) === 1 &&
    attributes.float('beta', 1) === 1 &&
    attributes.integer('transA', 0) === 0;
  if (!isAsWritten) throw new Unsupported('Gemm with alpha, beta or transA');
  const weights = packed(weightsOf(node, attributes.integer('transB', 0) !== 0));
  attributes.refuseOthers();
  const hasBias = constants.length > 2;
  return productStep(context, weights, hasBias ? biasOf(requireConstant(node, 2)) : null);
};

export const linearRegressor: Operator = ({ attributes }, context) => {
  const targets = attributes.integer('targets', 1);
  const coefficients = attributes.floats('coefficients');
  const intercepts = attributes.floats('intercepts');
  const transform = attributes.text('post_transform', 'NONE');
  attributes.refuseOthers();
  if (transform !== 'NONE') throw new Unsupported(`a LinearRegressor with ${transform}`);
  const weights = coefficientsOf(coefficients, targets);
  if (intercepts.length !== 0 && intercepts.length !== targets)
    throw new Unsupported(`${intercepts.length} intercepts for ${targets} targets`);
  return productStep(context, weights, intercepts.length === 0 ? null : intercepts);
};

export const linearClassifier: Operator = ({ attributes, output }, context) => {
  if (output !== 1) throw new Unsupported('labels of a LinearClassifier');
  const coefficients = attributes.floats('coefficients');
  const intercepts = attributes.floats('intercepts');
  const transform = attributes.text('post_transform', 'NONE');
  const texts = attributes.texts('classlabels_strings').length;
  const labels = texts === 0 ? attributes.integers('classlabels_ints').length : texts;
  attributes.integer('multi_class', 0);
  attributes.refuseOthers();
  const scores = intercepts.length;
  if (scores === 0) throw new Unsupported('a LinearClassifier without intercepts');
  const product = productStep(context, coefficientsOf(coefficients, scores), intercepts);
  const isSecondAdded = scores === 1 && labels === 2;
  if (isSecondAdded && transform === 'PROBIT') throw new Unsupported('the post transform PROBIT');
  const post = transformOf(transform, scores);
  return (inputs) => {
    const answer = product(inputs);
    const { rows, values } = requireRows(answer);
    if (!isSecondAdded) return (post(values), answer);
    const both = new Float32Array(2 * rows);
    const isLogistic = transform === 'LOGISTIC';
    for (let row = 0; row < rows; row++) {
      const score = values[row]!;
      both[2 * row] = isLogistic ? logisticOf(-score) : 1 - score;
      both[2 * row + 1] = isLogistic ? logisticOf(score) : score;
    }
    return float32([rows, 2], both);
  };
};

export const softmax: Operator = ({ attributes, opset }) => {
  const axis = attributes.integer('axis', opset < 13 ? 1 : -1);
  attributes.refuseOthers();
  if (axis !== 1 && axis !== -1) throw new Unsupported(`a Softmax along axis ${axis}`);
  return ([value]) => {
    const { rows, columns, values } = requireRows(value!);
    const answer = values.slice();
    softmaxRows(answer, columns);
    return float32([rows, columns], answer);
  };
};

/** As ml_common.h's batched_update_scores_inplace has it, which has another softmax for few scores. */
function transformOf(name: string, width: number): (values: Float32Array) => void {
  const each = (change: (row: Float32Array) => void) => (values: Float32Array) => {
    for (let at = 0; at < values.length; at += width) change(values.subarray(at, at + width));
  };
  if (name === 'NONE') return () => undefined;
  if (name === 'SOFTMAX_ZERO') return each(softmaxZeroInPlace);
  if (name === 'LOGISTIC')
    return (values) => {
      for (let at = 0; at < values.length; at++) values[at] = sigmoid(values[at]!);
    };
  if (name !== 'SOFTMAX') throw new Unsupported(`the post transform ${name.slice(0, 40)}`);
  const fewest = [Infinity, Infinity, 32 * 1024, 16 * 1024, 16 * 1024][width] ?? 0;
  const small = each(softmaxInPlace);
  return (values) => (values.length >= fewest ? softmaxRows(values, width) : small(values));
}

interface Matrix {
  readonly depth: number;
  readonly width: number;
  /** [depth, width]. */
  readonly values: Float32Array;
}

interface Weights extends Matrix {
  /** Columns of the rows that are summed by themselves before the sum is added to the total. */
  readonly block: number;
}

/** Constant weights of MatMul and Gemm, which ONNX Runtime packs (MlasGemmPackB): blocks of 256. */
const packed = (matrix: Matrix): Weights => ({ ...matrix, block: 256 });

/** Those of the linear operators, which it does not: as MlasSgemmOperation divides them (sgemm.cpp). */
function unpacked(matrix: Matrix): Weights {
  let [columns, block] = [128, 128];
  if (matrix.width >= matrix.depth)
    while (block / 2 >= matrix.depth) [columns, block] = [columns * 2, block / 2];
  else
    while (columns > 16 && columns / 2 >= matrix.width) [columns, block] = [columns / 2, block * 2];
  return { ...matrix, block: Math.max(block, 1) };
}

const weightsOf = (node: OperatorNode, isTransposed: boolean): Matrix =>
  matrixOf(requireConstant(node, 1), isTransposed);

function matrixOf(value: TensorValue, isTransposed: boolean): Matrix {
  const { rows, columns, values } = requireRows(value);
  return isTransposed
    ? { depth: columns, width: rows, values: transpose(values, rows, columns) }
    : { depth: rows, width: columns, values };
}

function coefficientsOf(values: Float32Array, targets: number): Weights {
  const depth = values.length / targets;
  if (!Number.isInteger(depth) || depth === 0)
    throw new Unsupported(`${values.length} coefficients for ${targets} targets`);
  return unpacked({ depth, width: targets, values: transpose(values, targets, depth) });
}

function transpose(values: Float32Array, rows: number, columns: number): Float32Array {
  const turned = new Float32Array(values.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      turned[column * rows + row] = values[row * columns + column]!;
  return turned;
}

function biasOf({ datatype, shape, elements }: TensorValue): Float32Array {
  const width = shape.at(-1) ?? 0;
  if (datatype !== 'FP32' || elementCount(shape) !== width)
    throw new Unsupported(`a bias ${datatype} [${shape.join(', ')}]`);
  return Float32Array.from(elements, Number);
}

const BLOCK_ROWS = 256;

/** Rows × weights + bias. Without one the total starts at −0, which is neutral to every sum. */
function productStep(
  { kernel, own }: OperatorContext,
  { depth, width, values, block }: Weights,
  bias: Float32Array | null,
): Step {
  if (bias !== null && bias.length !== width)
    throw new Unsupported(`a bias of ${bias.length} for ${width} columns`);
  const padded = Math.ceil(width / 4) * 4;
  const weights = kernel.memory.allocate((depth + 1) * padded * 4);
  own(() => kernel.memory.free(weights));
  const start = weights + depth * padded * 4;
  const floats = kernel.memory.floats();
  floats.fill(0, weights >>> 2, (start >>> 2) + padded);
  for (let row = 0; row < depth; row++)
    floats.set(values.subarray(row * width, (row + 1) * width), (weights >>> 2) + row * padded);
  floats.set(bias ?? new Float32Array(width).fill(-0), start >>> 2);
  const scratch = kernel.memory.allocate(BLOCK_ROWS * (depth + padded) * 4);
  own(() => kernel.memory.free(scratch));
  const product = { kernel, depth, width, padded, weights, start, scratch, block };
  return ([value]) => {
    const { rows, columns, values } = requireRows(value!);
    if (columns !== depth) throw new Unsupported(`rows of ${columns} for ${depth} weights`);
    return float32([rows, width], multiply(product, values, rows));
  };
}

interface Product {
  readonly kernel: Kernel;
  readonly depth: number;
  readonly width: number;
  readonly padded: number;
  readonly weights: number;
  readonly start: number;
  readonly scratch: number;
  readonly block: number;
}

function multiply(product: Product, values: Float32Array, rows: number): Float32Array {
  const { kernel, depth, width, padded, weights, start, scratch, block } = product;
  const answers = new Float32Array(rows * width);
  const out = scratch + BLOCK_ROWS * depth * 4;
  const floats = kernel.memory.floats();
  for (let first = 0; first < rows; first += BLOCK_ROWS) {
    const count = Math.min(BLOCK_ROWS, rows - first);
    floats.set(values.subarray(first * depth, (first + count) * depth), scratch >>> 2);
    kernel.code.multiply(scratch, count, depth, weights, start, padded, out, block);
    for (let row = 0; row < count; row++) {
      const at = (out >>> 2) + row * padded;
      answers.set(floats.subarray(at, at + width), (first + row) * width);
    }
  }
  return answers;
}
