// Grows a tree of ml-cart's nodes without ml-cart's faults: every boundary is tried, the order of the rows changes nothing,
// a split without gain may be the step to one with gain, and only what has no children is a leaf.

import type { CartNode, CartNodeClass, CartOptions } from 'ml-cart';
import type { Table } from '../table.ts';
import { giniCriterion, squaredErrorCriterion } from './criterion.ts';
import { findExactSplit, type SplitSearch } from './exact-split.ts';
import { layoutOf } from './layout.ts';
import { compareNumbers, divide, sortedRows, type Range } from './orders.ts';

export interface ExactOptions extends Required<CartOptions> {
  readonly Node: CartNodeClass;
  /** What a leaf answers for the rows in `order[start…end)`. */
  readonly leaf: (order: Int32Array, range: Range) => NonNullable<CartNode['distribution']>;
}

/** Grows a tree on `table`, whose rows must be in canonical order for the result not to depend on it. */
export function growExact(table: Table, options: ExactOptions): CartNode {
  const { features } = table.signature;
  const columns = features.map((_, feature) => columnOf(table, feature));
  const rows = Int32Array.from({ length: table.count }, (_, row) => row);
  const orders = features.map((feature, index) =>
    feature.type === 'number' ? sortedRows(columns[index]!, table.count) : rows,
  );
  const allOrders = [rows, ...orders.filter((order) => order !== rows)];
  const { target } = table;
  const criterion =
    target.type === 'category'
      ? giniCriterion(target.codes, target.labels)
      : squaredErrorCriterion(target.values);
  const layout = layoutOf(features);
  const search: SplitSearch = { features, layout, columns, orders, criterion };
  const goesLeft = new Uint8Array(table.count);
  const spare = new Int32Array(table.count);

  const grow = (range: Range, depth: number): CartNode => {
    const node = new options.Node(options);
    const { start, end } = range;
    criterion.open(rows, start, end);
    const stops = end - start <= options.minNumSamples || depth >= options.maxDepth;
    const split = stops || criterion.isPure() ? null : findExactSplit(search, range);
    if (split === null) {
      node.numberSamples = end - start;
      node.distribution = options.leaf(rows, range);
      return node;
    }
    node.splitValue = split.threshold;
    node.splitColumn = split.column;
    node.gain = criterion.gain(split.score);
    node.numberSamples = end - start;

    const values = columns[layout.feature[split.column]!]!;
    const category = layout.category[split.column]!;
    let middle = start;
    for (let place = start; place < end; place++) {
      const row = rows[place]!;
      const left = category === null ? values[row]! < split.threshold : values[row] !== category;
      goesLeft[row] = left ? 1 : 0;
      if (left) middle++;
    }
    divide(allOrders, range, goesLeft, spare);
    node.left = grow({ start, end: middle }, depth + 1);
    node.right = grow({ start: middle, end }, depth + 1);
    return node;
  };
  return grow({ start: 0, end: table.count }, 0);
}

/** Row indices in an order that depends on the rows' values only: by features, then by target. */
export function canonicalOrder({ count, width, values, target }: Table): Int32Array {
  const targets = target.type === 'category' ? target.codes : target.values;
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  return rows.sort((a, b) => {
    for (let feature = 0; feature < width; feature++) {
      const order = compareNumbers(values[a * width + feature]!, values[b * width + feature]!);
      if (order !== 0) return order;
    }
    return targets[a]! - targets[b]!;
  });
}

function columnOf({ count, width, values }: Table, feature: number): Float32Array {
  return Float32Array.from({ length: count }, (_, row) => values[row * width + feature]!);
}
