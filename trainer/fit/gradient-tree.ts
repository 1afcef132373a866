// One tree of a boosting: grown leaf by leaf, the one with the most to gain first, on gradients in bins.

import type { CartNode, CartNodeClass } from 'ml-cart';
import type { Bins } from './bins.ts';
import {
  addRows,
  findBinSplit,
  subtract,
  type BinSplit,
  type Gradients,
  type Histogram,
  type Histograms,
  type SplitRule,
} from './histogram.ts';
import { ONE_HOT_THRESHOLD, type Layout } from './layout.ts';
import type { Range } from './orders.ts';

export interface GradientTreeOptions extends SplitRule, Gradients {
  readonly bins: Bins;
  readonly histograms: Histograms;
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
  /** Null where there is none to split by. */
  readonly split: BinSplit | null;
  /** Of its rows; null when it is not split. */
  readonly histogram: Histogram | null;
}

export interface GradientTree {
  readonly root: CartNode;
  /** Leaf by leaf: its rows in `options.rows`, and its float32 answer. */
  readonly leaves: readonly { readonly range: Range; readonly value: number }[];
}

/** Null when no split gains anything. A leaf answers −G/(H + l2) times the rate. */
export function growGradientTree(options: GradientTreeOptions): GradientTree | null {
  const { bins, rows, leafRows, histograms, maxLeaves } = options;
  const sizeOf = ({ start, end }: Range): number => end - start;
  /** `histogram` is null for what is too small to be split. */
  const open = (range: Range, histogram: Histogram | null): Leaf => {
    const node = new options.Node({});
    const split = histogram === null ? null : findBinSplit(histogram, bins, options);
    if (split !== null) return { node, range, split, histogram };
    if (histogram !== null) histograms.giveBack(histogram);
    return { node, range, split: null, histogram: null };
  };
  const count = (range: Range): Histogram => {
    const histogram = histograms.lend();
    addRows(histogram, bins, options, rows, range);
    return histogram;
  };

  const whole = { start: 0, end: rows.length };
  const root = open(whole, rows.length < 2 * leafRows ? null : count(whole));
  const leaves = [root];
  const spare = new Int32Array(rows.length);
  while (leaves.length < maxLeaves) {
    const place = mostToGain(leaves);
    if (place === -1) break;
    const { node, range, histogram, split } = leaves[place]!;
    const middle = divideRows(options, range, split!, spare);
    describe(node, split!, options, range);
    const left = { start: range.start, end: middle };
    const right = { start: middle, end: range.end };
    const [smaller, larger] = sizeOf(left) <= sizeOf(right) ? [left, right] : [right, left];
    const isLast = leaves.length + 1 === maxLeaves;
    // The smaller side is counted; the larger one is what is left. What can be split no further is not counted at all.
    const canSplit = (side: Range): boolean => !isLast && sizeOf(side) >= 2 * leafRows;
    const own = canSplit(larger) ? count(smaller) : null;
    if (own === null) histograms.giveBack(histogram!);
    else subtract(histogram!, own);
    const rest = own === null ? null : histogram!;
    if (own !== null && !canSplit(smaller)) histograms.giveBack(own);
    const kept = canSplit(smaller) ? own : null;
    const children = [left, right].map((side) => open(side, side === smaller ? kept : rest));
    node.left = children[0]!.node;
    node.right = children[1]!.node;
    leaves[place] = children[0]!;
    leaves.push(children[1]!);
  }
  for (const { histogram } of leaves) if (histogram !== null) histograms.giveBack(histogram);
  if (leaves.length === 1) return null;
  return { root: root.node, leaves: leaves.map((leaf) => answer(leaf, options)) };
}

function answer({ node, range }: Leaf, options: GradientTreeOptions) {
  const { rows, gradients, hessians, l2, rate } = options;
  let [gradient, hessian] = [0, 0];
  for (let at = range.start; at < range.end; at++) {
    gradient += gradients[rows[at]!]!;
    hessian += hessians[rows[at]!]!;
  }
  const value = Math.fround((-rate * gradient) / (hessian + l2));
  node.numberSamples = range.end - range.start;
  node.distribution = value;
  return { range, value };
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
  let [left, right] = [start, 0];
  for (let at = start; at < end; at++) {
    const row = rows[at]!;
    const code = codes[row]!;
    // Both are written and one is kept: a branch here would be guessed wrongly for half of the rows.
    const stays = isOne ? Number(code !== bin) : Number(code <= bin);
    rows[left] = row;
    spare[right] = row;
    left += stays;
    right += 1 - stays;
  }
  for (let at = 0; at < right; at++) rows[left + at] = spare[at]!;
  return left;
}
