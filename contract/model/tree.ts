// tree.json: a version's model with what ONNX does not carry (how many rows reached each node), and how it answers.
// A single tree, a forest (sum of leaves that were divided before), a boosting (sum upon base values), a linear model (no
// trees) and a boosting that starts from one all have this form.

import { parseFloat32, parseLinear, parseValues, predictLinear, type Linear } from './linear.ts';
import { parseCount, parseJson, parseList, parseObject, ParseError } from '../shapes/parse.ts';

export const TREE_FORMAT_VERSION = 1;

/**
 * `lt`: a value below the threshold goes left. `neq`: a code other than the threshold goes left.
 * NaN is never below and never equal, hence right at `lt` and left at `neq`.
 */
export type Mode = 'lt' | 'neq' | 'leaf';

/** Parallel lists by node; node 0 is the root, and children come after their parent. */
export interface Tree {
  readonly mode: readonly Mode[];
  /** Place of the value in an encoded row (contract/features/encoded.ts); 0 at a leaf. */
  readonly feature: readonly number[];
  /** Float32; 0 at a leaf. */
  readonly threshold: readonly number[];
  /** Node a row goes to next; 0 at a leaf. */
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** Training rows that reached the node. */
  readonly cover: readonly number[];
  /** Float32 values by output (the probability of each label, or the number); empty at an inner node. */
  readonly value: readonly (readonly number[])[];
}

export interface TreeEnsemble {
  readonly format_version: typeof TREE_FORMAT_VERSION;
  /** Values an answer has: one per label, or 1 for a number. */
  readonly outputs: number;
  /** Float32 values the sum starts from, by output. */
  readonly base_values: readonly number[];
  readonly trees: readonly Tree[];
  /** Added to what the trees say. */
  readonly linear?: Linear;
  /** Makes probabilities of the sums; absent when the sums are the answer. */
  readonly post_transform?: 'softmax';
}

/** The leaf that the encoded row at `offset` of `rows` ends in. */
export function leafOf(tree: Tree, rows: Float32Array, offset: number): number {
  let node = 0;
  while (tree.mode[node] !== 'leaf') {
    const value = rows[offset + tree.feature[node]!]!;
    const threshold = tree.threshold[node]!;
    const goesLeft = tree.mode[node] === 'lt' ? value < threshold : value !== threshold;
    node = goesLeft ? tree.left[node]! : tree.right[node]!;
  }
  return node;
}

/** Answers an encoded row: probabilities by label, or the one number. */
export function predictTrees(
  ensemble: TreeEnsemble,
  rows: Float32Array,
  offset = 0,
): Float32Array<ArrayBuffer> {
  const margins = predictMargins(ensemble, rows, offset);
  return ensemble.post_transform === 'softmax' ? softmax(margins) : margins;
}

/** What the post transform is given: every tree's leaf, in order, then base values, then the linear term, in float32 as in the ONNX file. */
export function predictMargins(
  ensemble: TreeEnsemble,
  rows: Float32Array,
  offset = 0,
): Float32Array<ArrayBuffer> {
  const sum = new Float32Array(ensemble.outputs);
  for (const tree of ensemble.trees) {
    const value = tree.value[leafOf(tree, rows, offset)]!;
    for (let output = 0; output < sum.length; output++) sum[output]! += value[output]!;
  }
  for (let output = 0; output < sum.length; output++) sum[output]! += ensemble.base_values[output]!;
  if (ensemble.linear === undefined) return sum;
  const linear = predictLinear(ensemble.linear, rows, offset);
  for (let output = 0; output < sum.length; output++) sum[output]! += linear[output]!;
  return sum;
}

/** exp(m) / Σ exp(m), in place, with the largest margin taken off first so that nothing overflows. */
export function softmax(margins: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  let largest = -Infinity;
  for (const margin of margins) largest = Math.max(largest, margin);
  let sum = 0;
  for (let output = 0; output < margins.length; output++) {
    margins[output] = Math.exp(margins[output]! - largest);
    sum += margins[output]!;
  }
  for (let output = 0; output < margins.length; output++) margins[output]! /= sum;
  return margins;
}

/** Parses tree.json. Throws ParseError with the pointer of the first fault. */
export function parseTreeEnsemble(text: string): TreeEnsemble {
  const object = parseObject(parseJson(text), '');
  if (object.format_version !== TREE_FORMAT_VERSION)
    throw new ParseError('/format_version', `must be ${TREE_FORMAT_VERSION}`);
  const outputs = parseCount(object.outputs, '/outputs');
  return {
    format_version: TREE_FORMAT_VERSION,
    outputs,
    base_values: parseValues(object.base_values, '/base_values', outputs),
    trees: parseList(object.trees, '/trees', (tree, at) => parseTree(tree, at, outputs)),
    ...(object.linear !== undefined && {
      linear: parseLinear(object.linear, '/linear', outputs),
    }),
    ...(object.post_transform !== undefined && {
      post_transform: parsePostTransform(object.post_transform),
    }),
  };
}

function parsePostTransform(value: unknown): 'softmax' {
  if (value !== 'softmax') throw new ParseError('/post_transform', 'must be "softmax"');
  return value;
}

function parseTree(value: unknown, pointer: string, outputs: number): Tree {
  const object = parseObject(value, pointer);
  const mode = parseList(object.mode, `${pointer}/mode`, parseMode);
  if (mode.length === 0) throw new ParseError(`${pointer}/mode`, 'must have a root');
  const column = <T>(name: string, parseItem: (item: unknown, at: string) => T): readonly T[] => {
    const items = parseList(object[name], `${pointer}/${name}`, parseItem);
    if (items.length !== mode.length)
      throw new ParseError(`${pointer}/${name}`, `must have ${mode.length} items`);
    return items;
  };
  const child = (item: unknown, at: string): number => {
    const node = Number(at.slice(at.lastIndexOf('/') + 1));
    const next = parseCount(item, at);
    const fits = mode[node] === 'leaf' ? next === 0 : next > node && next < mode.length;
    if (!fits) throw new ParseError(at, `is no child of node ${node}: ${next}`);
    return next;
  };
  return {
    mode,
    feature: column('feature', parseCount),
    threshold: column('threshold', parseFloat32),
    left: column('left', child),
    right: column('right', child),
    cover: column('cover', parseCount),
    value: column('value', (item, at) => {
      const node = Number(at.slice(at.lastIndexOf('/') + 1));
      return parseValues(item, at, mode[node] === 'leaf' ? outputs : 0);
    }),
  };
}

function parseMode(value: unknown, pointer: string): Mode {
  if (value !== 'lt' && value !== 'neq' && value !== 'leaf')
    throw new ParseError(pointer, 'must be "lt", "neq" or "leaf"');
  return value;
}
