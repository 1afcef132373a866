// One tree of a boosting: grown leaf by leaf, the one with the most to gain first, on gradients in bins.

import type { CartNode, CartNodeClass } from 'ml-cart';
import type { Bins } from './bins.ts';
import {
  createHistogram,
  fillHistogram,
  findBinSplit,
  subtract,
  type BinSplit,
  type Gradients,
  type Histogram,
  type SplitRule,
} from './histogram.ts';
import { ONE_HOT_THRESHOLD, type Layout } from './layout.ts';
import type { Range } from './orders.ts';

export interface GradientTreeOptions extends SplitRule, Gradients {
  readonly bins: Bins;
  readonly layout: Layout;
  readonly Node: CartNodeClass;
  /** Rows to learn from; put into the order of the leaves. */
  readonly rows: Int32Array;
  readonly maxLeaves: number;
  /** What a leaf's answer is multiplied by. */
  readonly rate: number;
}

interface Leaf {
  readonly node: CartNode;
  readonly range: Range;
  readonly histogram: Histogram;
  readonly split: BinSplit | null;
}

export interface GradientTree {
  readonly root: CartNode;
  /** Leaf by leaf: its rows in `options.rows`, and its float32 answer. */
  readonly leaves: readonly { readonly range: Range; readonly value: number }[];
}

/** Null when no split gains anything. A leaf answers −G/(H + l2) times the rate. */
export function growGradientTree(options: GradientTreeOptions): GradientTree | null {
  const { bins, rows, gradients, hessians, l2, rate } = options;
  const open = (node: CartNode, range: Range, histogram: Histogram): Leaf => ({
    node,
    range,
    histogram,
    split: findBinSplit(histogram, bins, options),
  });
  const whole = { start: 0, end: rows.length };
  const first = createHistogram(bins);
  fillHistogram(first, bins, { ...options, range: whole });
  const root = new options.Node({});
  const leaves = [open(root, whole, first)];
  if (leaves[0]!.split === null) return null;

  const spare = new Int32Array(rows.length);
  while (leaves.length < options.maxLeaves) {
    const place = mostToGain(leaves);
    if (place === -1) break;
    const { node, range, histogram, split } = leaves[place]!;
    const middle = divideRows(options, range, split!, spare);
    describe(node, split!, options, range);
    const left = { start: range.start, end: middle };
    const right = { start: middle, end: range.end };
    // The smaller side is counted; the larger one is what is left.
    const isLeftSmaller = middle - range.start <= range.end - middle;
    const smaller = createHistogram(bins);
    fillHistogram(smaller, bins, { ...options, range: isLeftSmaller ? left : right });
    subtract(histogram, smaller);
    node.left = new options.Node({});
    node.right = new options.Node({});
    leaves[place] = open(node.left, left, isLeftSmaller ? smaller : histogram);
    leaves.push(open(node.right, right, isLeftSmaller ? histogram : smaller));
  }
  return {
    root,
    leaves: leaves.map(({ node, range }) => {
      let [gradient, hessian] = [0, 0];
      for (let at = range.start; at < range.end; at++) {
        gradient += gradients[rows[at]!]!;
        hessian += hessians[rows[at]!]!;
      }
      const value = Math.fround((-rate * gradient) / (hessian + l2));
      node.numberSamples = range.end - range.start;
      node.distribution = value;
      return { range, value };
    }),
  };
}

/** Place of the leaf whose split gains most, the first of equals; -1 when none has one. */
function mostToGain(leaves: readonly Leaf[]): number {
  let best = -1;
  leaves.forEach(({ split }, place) => {
    if (split !== null && (best === -1 || split.gain > leaves[best]!.split!.gain)) best = place;
  });
  return best;
}

function describe(
  node: CartNode,
  { place, bin, isOne, gain }: BinSplit,
  { bins, layout }: GradientTreeOptions,
  { start, end }: Range,
): void {
  const first = layout.first[place]!;
  // Bin c + 1 is category c, whose column is the c-th after the value's own.
  node.splitColumn = isOne ? first + bin : first;
  node.splitValue = isOne ? ONE_HOT_THRESHOLD : bins.thresholds[place]![bin]!;
  node.gain = gain;
  node.numberSamples = end - start;
}

/** Moves the rows that go left to the front of the range and answers where the others begin. Keeps their sequence. */
function divideRows(
  { bins, rows }: GradientTreeOptions,
  { start, end }: Range,
  { place, bin, isOne }: BinSplit,
  spare: Int32Array,
): number {
  const codes = bins.codes[place]!;
  let left = start;
  let right = 0;
  for (let at = start; at < end; at++) {
    const row = rows[at]!;
    const code = codes[row]!;
    if (isOne ? code !== bin : code <= bin) rows[left++] = row;
    else spare[right++] = row;
  }
  rows.set(spare.subarray(0, right), left);
  return left;
}
