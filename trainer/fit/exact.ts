// Grows a tree of ml-cart's nodes without ml-cart's faults: every boundary is tried, the order of the rows changes nothing,
// a split without gain may be the step to one with gain, and only what has no children is a leaf.

import type { CartNode, CartNodeClass, CartOptions } from 'ml-cart';
import type { Table } from '../table.ts';
import type { Answer, AnswerNode } from './answer.ts';
import { giniCriterion, squaredErrorCriterion } from './criterion.ts';
import { findExactSplit, type Split, type SplitSearch } from './exact-split.ts';
import { layoutOf } from './layout.ts';
import { divide, sortedFloat32Rows, type Range } from './orders.ts';
import { prune, type Worth } from './prune.ts';

export interface ExactOptions extends Required<CartOptions> {
  readonly Node: CartNodeClass;
  readonly answer: AnswerNode;
  /** An answer as ml-cart's leaves hold it, in float32. */
  readonly leaf: (answer: Answer) => NonNullable<CartNode['distribution']>;
  /** By row: how much it counts; rows that count 0 take no part. */
  readonly weights: Float64Array;
  /** Of `sortColumns`, when many trees are grown on the same rows. */
  readonly sorted?: readonly (Int32Array | null)[];
  readonly draw?: SplitSearch['draw'];
  /** Share of the root's impurity. */
  readonly pruning?: number;
}

/** Grows a tree on `table`, whose rows must be in canonical order for the result not to depend on theirs. */
export function growExact(table: Table, options: ExactOptions): CartNode {
  const { weights } = options;
  const rows = Int32Array.from({ length: table.count }, (_, row) => row).filter(
    (row) => weights[row]! > 0,
  );
  const search = prepare(table, rows, options);
  const orders = [rows, ...search.orders.filter((order) => order !== rows)];
  const goesLeft = new Uint8Array(table.count);
  const spare = new Int32Array(table.count);
  const worths = new Map<CartNode, Worth>();

  const grow = (range: Range, depth: number, parent: Answer | null): CartNode => {
    const node = new options.Node(options);
    const { start, end } = range;
    const answer = options.answer(rows, range, parent);
    search.criterion.open(rows, start, end);
    const stops = end - start <= options.minNumSamples || depth >= options.maxDepth;
    const split = stops || search.criterion.isPure() ? null : findExactSplit(search, range);
    if (split === null) {
      node.numberSamples = end - start;
      node.distribution = options.leaf(answer);
      return node;
    }
    node.splitValue = split.threshold;
    node.splitColumn = split.column;
    node.gain = search.criterion.gain(split.score);
    worths.set(node, { drop: split.score - search.criterion.parentScore(), answer });
    node.numberSamples = end - start;
    const middle = start + markLeft(search, split, rows.subarray(start, end), goesLeft);
    divide(orders, range, goesLeft, spare);
    node.left = grow({ start, end: middle }, depth + 1, answer);
    node.right = grow({ start: middle, end }, depth + 1, answer);
    return node;
  };
  const root = grow({ start: 0, end: rows.length }, 0, null);
  if (options.pruning !== undefined) {
    search.criterion.open(rows.sort(), 0, rows.length);
    const least = options.pruning * search.criterion.impurity();
    prune(root, { worths, least, leaf: options.leaf });
  }
  return root;
}

/** By feature: rows in ascending order of a number; null for a category, which is counted at each node and needs no order. */
export function sortColumns(table: Table): readonly (Int32Array | null)[] {
  return table.signature.features.map(({ type }, feature) =>
    type === 'number' ? sortedFloat32Rows(columnOf(table, feature), table.count) : null,
  );
}

function prepare(table: Table, rows: Int32Array, options: ExactOptions): SplitSearch {
  const { target, signature } = table;
  const { features } = signature;
  const { weights, sorted = sortColumns(table), draw = null } = options;
  const columns = features.map((_, feature) => columnOf(table, feature));
  return {
    features,
    layout: layoutOf(features),
    columns,
    orders: sorted.map((order) => order?.filter((row) => weights[row]! > 0) ?? rows),
    criterion:
      target.type === 'category'
        ? giniCriterion(target.codes, target.labels, weights)
        : squaredErrorCriterion(target.values, weights),
    draw,
  };
}

function columnOf({ count, width, values }: Table, feature: number): Float32Array {
  return Float32Array.from({ length: count }, (_, row) => values[row * width + feature]!);
}

/** Marks each of `rows` with 1 if it goes left, else 0, and answers how many do. */
function markLeft(
  { layout, columns }: SplitSearch,
  { column, threshold }: Split,
  rows: Int32Array,
  goesLeft: Uint8Array,
): number {
  const values = columns[layout.feature[column]!]!;
  const category = layout.category[column]!;
  let count = 0;
  for (const row of rows) {
    const value = values[row]!;
    const left = category === null ? value < threshold : value !== category;
    goesLeft[row] = Number(left);
    if (left) count++;
  }
  return count;
}
