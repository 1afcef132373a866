// Grows a tree of ml-cart's nodes without ml-cart's faults: every boundary is tried, the order of the rows changes nothing,
// a split without gain may be the step to one with gain, and only what has no children is a leaf.

import type { CartNode, CartNodeClass, CartOptions } from 'ml-cart';
import { ceilFloat32, nextFloat32 } from '../table/float32.ts';
import type { Table } from '../table/table.ts';
import { createSplitFinder, type Split, type SplitSearch } from './exact-split.ts';
import { giniImpurity } from './gini.ts';
import type { Answer } from './impurity.ts';
import { layoutOf, ONE_HOT_THRESHOLD, type Layout } from './layout.ts';
import type { Range } from './orders.ts';
import { prune, type Worth } from './prune.ts';
import { rankColumns, type Ranks } from './ranks.ts';
import { squaredErrorImpurity } from './squared-error.ts';

export interface ExactOptions extends Required<CartOptions> {
  readonly Node: CartNodeClass;
  /** Rows that a node's answer takes from its parent's. */
  readonly smoothing: number;
  /** An answer as ml-cart's leaves hold it, in float32. */
  readonly leaf: (answer: Answer) => NonNullable<CartNode['distribution']>;
  /** By row: how much it counts; rows that count 0 take no part. */
  readonly weights: Float64Array;
  /** Of `rankColumns`, when many trees are grown on the same rows. */
  readonly columns?: readonly Ranks[];
  readonly draw?: SplitSearch['draw'];
  /** Share of the root's impurity. */
  readonly pruning?: number;
}

/** Grows a tree on `table`, whose rows must be in canonical order for the result not to depend on theirs. */
export function growExact(table: Table, options: ExactOptions): CartNode {
  const { weights, smoothing, columns = rankColumns(table), draw = null } = options;
  const { target, signature } = table;
  const { features } = signature;
  const rows = rowsThatCount(weights);
  const spare = new Int32Array(rows.length);
  const layout = layoutOf(features);
  const impurity =
    target.type === 'category'
      ? giniImpurity(target, weights, smoothing)
      : squaredErrorImpurity(target, weights, smoothing);
  const finder = createSplitFinder({ features, columns, impurity, draw }, rows.length);
  const worths = new Map<CartNode, Worth>();

  const grow = (range: Range, depth: number, parent: Answer | null, open: number): CartNode => {
    const node = new options.Node(options);
    const { start, end } = range;
    impurity.open(rows, start, end);
    const answer = impurity.answer(parent);
    const stops = end - start <= options.minNumSamples || depth >= options.maxDepth;
    const split = stops || impurity.isPure() ? null : finder.find(rows, range, open);
    const rest = finder.open();
    if (split === null) {
      node.numberSamples = end - start;
      node.distribution = options.leaf(answer);
      return node;
    }
    node.splitValue = thresholdOf(split, columns[split.feature]!);
    node.splitColumn = columnOfSplit(split, columns[split.feature]!, layout);
    node.gain = impurity.gain(split.score);
    if (options.pruning !== undefined)
      worths.set(node, { drop: split.score - impurity.parentScore(), answer });
    node.numberSamples = end - start;
    const middle = divideRows(rows, range, split, columns[split.feature]!.ranks, spare);
    node.left = grow({ start, end: middle }, depth + 1, answer, rest);
    node.right = grow({ start: middle, end }, depth + 1, answer, rest);
    return node;
  };
  const root = grow({ start: 0, end: rows.length }, 0, null, features.length);
  if (options.pruning !== undefined) {
    impurity.open(rows.sort(), 0, rows.length);
    const least = options.pruning * impurity.total();
    prune(root, { worths, least, leaf: options.leaf });
  }
  return root;
}

function rowsThatCount(weights: Float64Array): Int32Array {
  const rows = new Int32Array(weights.length);
  let size = 0;
  for (let row = 0; row < weights.length; row++) if (weights[row]! > 0) rows[size++] = row;
  return rows.slice(0, size);
}

/** A float32 between the values of the two ranks, above the lower one: what is missing is above every number. */
function thresholdOf({ rank, above, isOne }: Split, { values, missing }: Ranks): number {
  if (isOne) return ONE_HOT_THRESHOLD;
  const value = values[rank]!;
  return above === missing ? nextFloat32(value) : ceilFloat32((value + values[above]!) / 2);
}

function columnOfSplit({ feature, rank, isOne }: Split, { values }: Ranks, layout: Layout): number {
  const first = layout.first[feature]!;
  // The columns of a feature's categories come after that of its value.
  return isOne ? first + 1 + values[rank]! : first;
}

/** Moves the rows that go left to the front of the range, keeps their sequence, and answers where the others begin. */
function divideRows(
  rows: Int32Array,
  { start, end }: Range,
  { rank, isOne }: Split,
  ranks: Int32Array,
  spare: Int32Array,
): number {
  let [left, right] = [start, 0];
  for (let place = start; place < end; place++) {
    const row = rows[place]!;
    const own = ranks[row]!;
    // Both are written and one is kept: a branch here would be guessed wrongly for half of the rows.
    const stays = isOne ? Number(own !== rank) : Number(own <= rank);
    rows[left] = row;
    spare[right] = row;
    left += stays;
    right += 1 - stays;
  }
  for (let place = 0; place < right; place++) rows[left + place] = spare[place]!;
  return left;
}
