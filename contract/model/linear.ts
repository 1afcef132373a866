// The linear term of a model: what each value of an encoded row adds to each output, and how it is written in tree.json.
// A value outside of the range it was fitted on counts as the nearest one inside, so that no answer runs away.

import { parseList, parseObject, ParseError } from '../shapes/parse.ts';

interface TermBase {
  /** What a missing value adds, by output; absent when none was missing in training: it then adds nothing. */
  readonly missing?: readonly number[];
  /** The mean of what the term adds over the training rows, by output: what an attribution is measured from. */
  readonly expected: readonly number[];
}

/** Adds weights · (value − mean). */
export interface NumberTerm extends TermBase {
  readonly type: 'number';
  /** Float32, over the training rows in which the value is known; so are the ends of the range. */
  readonly mean: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Float32 by output, per unit of the value. */
  readonly weights: readonly number[];
}

/** Adds the weights of the row's category; an unknown one adds nothing. */
export interface CategoryTerm extends TermBase {
  readonly type: 'category';
  /** Float32, [categories][outputs]. */
  readonly weights: readonly (readonly number[])[];
}

export type Term = NumberTerm | CategoryTerm;

export interface Linear {
  /** Float32 by output. */
  readonly intercept: readonly number[];
  /** By place of the value in an encoded row (contract/features/encoded.ts). */
  readonly terms: readonly Term[];
}

/** What `term` adds to `output` for `value`, in float32. */
export function termValue(term: Term, value: number, output: number): number {
  if (Number.isNaN(value)) return term.missing?.[output] ?? 0;
  if (term.type === 'category') return term.weights[value]?.[output] ?? 0;
  const inside = Math.max(Math.min(value, term.maximum), term.minimum);
  return Math.fround(Math.fround(inside - term.mean) * term.weights[output]!);
}

/**
 * Adds up the terms of the encoded row at `offset`, then the intercept, in float32. The order is that of the ONNX file's
 * columns: what numbers add, then what missing values do, then what categories do.
 */
export function predictLinear(
  { intercept, terms }: Linear,
  rows: Float32Array,
  offset: number,
): Float32Array<ArrayBuffer> {
  const answer = new Float32Array(intercept.length);
  const add = (belongs: (term: Term, isMissing: boolean) => boolean): void => {
    for (let place = 0; place < terms.length; place++) {
      const value = rows[offset + place]!;
      const term = terms[place]!;
      if (!belongs(term, Number.isNaN(value))) continue;
      for (let output = 0; output < answer.length; output++)
        answer[output]! += termValue(term, value, output);
    }
  };
  add(({ type }, isMissing) => type === 'number' && !isMissing);
  add((_, isMissing) => isMissing);
  add(({ type }, isMissing) => type === 'category' && !isMissing);
  for (let output = 0; output < answer.length; output++) answer[output]! += intercept[output]!;
  return answer;
}

/** Throws ParseError with the pointer of the first fault. */
export function parseLinear(value: unknown, pointer: string, outputs: number): Linear {
  const object = parseObject(value, pointer);
  return {
    intercept: parseValues(object.intercept, `${pointer}/intercept`, outputs),
    terms: parseList(object.terms, `${pointer}/terms`, (term, at) => parseTerm(term, at, outputs)),
  };
}

function parseTerm(value: unknown, pointer: string, outputs: number): Term {
  const object = parseObject(value, pointer);
  const values = (name: string): readonly number[] =>
    parseValues(object[name], `${pointer}/${name}`, outputs);
  const base = {
    expected: values('expected'),
    ...(object.missing !== undefined && { missing: values('missing') }),
  };
  if (object.type === 'category') {
    const weights = parseList(object.weights, `${pointer}/weights`, (item, at) =>
      parseValues(item, at, outputs),
    );
    return { type: 'category', weights, ...base };
  }
  if (object.type !== 'number')
    throw new ParseError(`${pointer}/type`, 'must be "number" or "category"');
  return {
    type: 'number',
    mean: parseFloat32(object.mean, `${pointer}/mean`),
    minimum: parseFloat32(object.minimum, `${pointer}/minimum`),
    maximum: parseFloat32(object.maximum, `${pointer}/maximum`),
    weights: values('weights'),
    ...base,
  };
}

/** `count` float32 values. */
export function parseValues(value: unknown, pointer: string, count: number): readonly number[] {
  const values = parseList(value, pointer, parseFloat32);
  if (values.length !== count) throw new ParseError(pointer, `must have ${count} values`);
  return values;
}

/** The file holds the shortest decimals that name the float32. */
export function parseFloat32(value: unknown, pointer: string): number {
  if (typeof value !== 'number') throw new ParseError(pointer, 'must be a number');
  return Math.fround(value);
}
