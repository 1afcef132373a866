// The tensors of a request against those a model's file names: names, datatypes, ranks, sizes, and dimensions that several
// tensors share. What passes is what the runtime is given.

import { invalid } from '#contract/problem.ts';
import type { Elements, TensorValue } from '#contract/tensors/tensor-data.ts';
import type { NamedTensor } from '../../inference/open-model.ts';
import { MAX_ROWS, tooManyRows } from '../../limits.ts';
import type { InputTensor } from './parse-infer-request.ts';

export interface CheckedTensors {
  /** A value for each input, in the order of the file. */
  readonly values: readonly TensorValue[];
  /** The size of the first dimension the model leaves open at the front of an input; 1 when it leaves none. */
  readonly rows: number;
}

/** A size of the runtime is 32 bits wide and signed. */
const MAX_SIZE = 0x7fff_ffff;

/** Throws ProblemError (invalid_request, too_large) with the place of the first fault. */
export function checkNamedTensors(
  known: readonly NamedTensor[],
  given: readonly InputTensor[],
): CheckedTensors {
  for (const { name, pointer } of given)
    if (!known.some((input) => input.name === name))
      throw invalid(
        `${pointer}/name`,
        `is not an input of the model (${namesOf(known)}): ${name.slice(0, 80)}`,
      );
  const sizes = new Map<string, { readonly size: number; readonly name: string }>();
  let rows: number | null = null;
  const values = known.map((input): TensorValue => {
    const tensor = given.find(({ name }) => name === input.name);
    if (tensor === undefined) throw invalid('/inputs', `must have the tensor ${input.name}`);
    const { datatype } = input;
    if (tensor.datatype !== datatype)
      throw invalid(`${tensor.pointer}/datatype`, `must be ${datatype} for ${input.name}`);
    checkShape(input, tensor);
    input.symbols.forEach((symbol, axis) => {
      if (symbol === '') return;
      const size = tensor.shape[axis]!;
      const before = sizes.get(symbol);
      if (before !== undefined && before.size !== size)
        throw invalid(
          `${tensor.pointer}/shape/${axis}`,
          `must be ${before.size}: ${symbol} is that in ${before.name}`,
        );
      sizes.set(symbol, { size, name: input.name });
    });
    if (input.shape[0] === -1) rows ??= tensor.shape[0]!;
    const shape = input.shape.length === 0 ? [] : tensor.shape;
    return { datatype, shape, elements: checkElements(tensor) };
  });
  return { values, rows: rows ?? 1 };
}

function checkShape(input: NamedTensor, { shape, pointer }: InputTensor): void {
  const wanted = announcedShape(input.shape);
  const said = `must be [${wanted.map((size) => (size === -1 ? 'any' : size)).join(', ')}]`;
  if (shape.length !== wanted.length) throw invalid(`${pointer}/shape`, said);
  shape.forEach((size, axis) => {
    const at = `${pointer}/shape/${axis}`;
    if (wanted[axis] !== -1 && wanted[axis] !== size) throw invalid(at, said);
    if (size === 0) throw invalid(at, 'must not be 0: there is nothing to infer');
    if (size > MAX_SIZE) throw invalid(at, `must be at most ${MAX_SIZE}`);
  });
  if (wanted[0] === -1 && shape[0]! > MAX_ROWS) throw tooManyRows(shape[0]!);
}

/** The protocol has no tensor without dimensions: a scalar travels as one of one element. */
export const announcedShape = (shape: readonly number[]): readonly number[] =>
  shape.length === 0 ? [1] : shape;

const REAL: ReadonlySet<string> = new Set(['FP16', 'FP32', 'FP64']);

/** In JSON a null is how NaN is written; nothing else has a missing value. */
function checkElements({ datatype, elements, pointer }: InputTensor): Elements {
  if (elements instanceof Float32Array) return elements;
  const isReal = REAL.has(datatype);
  return elements.map((element, index) => {
    if (element === null && isReal) return NaN;
    if (element === null) throw invalid(`${pointer}/data/${index}`, `must be ${datatype}`);
    if (typeof element === 'string' && element.includes('\0'))
      throw invalid(
        `${pointer}/data/${index}`,
        'must not have a zero character: the runtime ends texts with it',
      );
    return element;
  });
}

const namesOf = (tensors: readonly NamedTensor[]): string =>
  tensors.map(({ name }) => name).join(', ');
