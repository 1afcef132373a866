// Grows a tree of ml-cart's nodes without ml-cart's faults: every boundary is tried, the order of the rows changes nothing,
// a split without gain may be the step to one with gain, and only what has no children is a leaf.

import type { CartNode, CartNodeClass, CartOptions } from 'ml-cart';
import type { Table } from '../table.ts';
import type { Answer, AnswerNode } from './answer.ts';
import { giniCriterion, squaredErrorCriterion } from './criterion.ts';
import { findExactSplit, type Split, type SplitSearch } from './exact-split.ts';
import { layoutOf } from './layout.ts';
import { divide, sortedRows, type Range } from './orders.ts';

export interface ExactOptions extends Required<CartOptions> {
  readonly Node: CartNodeClass;
  readonly answer: AnswerNode;
  /** An answer as ml-cart's leaves hold it, in float32. */
  readonly leaf: (answer: Answer) => NonNullable<CartNode['distribution']>;
}

/** Grows a tree on `table`, whose rows must be in canonical order for the result not to depend on theirs. */
export function growExact(table: Table, options: ExactOptions): CartNode {
  const rows = Int32Array.from({ length: table.count }, (_, row) => row);
  const search = prepare(table, rows);
  const orders = [rows, ...search.orders.filter((order) => order !== rows)];
  const goesLeft = new Uint8Array(table.count);
  const spare = new Int32Array(table.count);

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
    node.numberSamples = end - start;
    const middle = start + markLeft(search, split, rows.subarray(start, end), goesLeft);
    divide(orders, range, goesLeft, spare);
    node.left = grow({ start, end: middle }, depth + 1, answer);
    node.right = grow({ start: middle, end }, depth + 1, answer);
    return node;
  };
  return grow({ start: 0, end: table.count }, 0, null);
}

function prepare(table: Table, rows: Int32Array): SplitSearch {
  const { target, signature, count } = table;
  const { features } = signature;
  const columns = features.map((_, feature) => columnOf(table, feature));
  return {
    features,
    layout: layoutOf(features),
    columns,
    // Categories are counted at each node, which needs no order.
    orders: features.map((feature, index) =>
      feature.type === 'number' ? sortedRows(columns[index]!, count) : rows,
    ),
    criterion:
      target.type === 'category'
        ? giniCriterion(target.codes, target.labels)
        : squaredErrorCriterion(target.values),
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
