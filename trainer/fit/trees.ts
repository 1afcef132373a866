// ml-cart's two trees with another training loop: `train` grows the same tree in less time, `grow` a better one.
// Nodes, predict, toJSON and load stay ml-cart's.

import {
  DecisionTreeClassifier,
  DecisionTreeRegression,
  type CartNodeClass,
  type CartOptions,
  type DistributionClass,
} from 'ml-cart';
import type { Table } from '../table/table.ts';
import { giniRule, squaredErrorRule } from './compat-rules.ts';
import { growCompat } from './compat.ts';
import { growExact, type ExactOptions } from './exact.ts';

type Rows = readonly ArrayLike<number>[];

export interface GrowOptions extends Pick<
  ExactOptions,
  'smoothing' | 'weights' | 'columns' | 'draw' | 'pruning'
> {
  /** What each leaf's answer is divided by: the trees it is averaged with. */
  readonly share: number;
}

export class ClassificationTree extends DecisionTreeClassifier {
  readonly #Node: CartNodeClass;
  readonly #Distribution: DistributionClass;

  constructor(options?: CartOptions) {
    super(options);
    // ml-cart exports neither its node class nor its matrices: the tree of one row has both.
    super.train([[0]], [0]);
    const { constructor: Node, distribution } = this.root;
    if (typeof distribution !== 'object')
      throw new Error('ml-cart made a leaf without distribution');
    this.#Node = Node;
    this.#Distribution = distribution.constructor;
  }

  /** As ml-cart trains; `codes` are 0…k-1. */
  override train(rows: Rows, codes: ArrayLike<number>): void {
    const rule = giniRule(Int32Array.from(codes), this.#Distribution);
    this.root = growCompat(columnsOf(rows), codes, rule, { ...this.options, Node: this.#Node });
  }

  grow(table: Table, options: GrowOptions): void {
    const leaf = (probabilities: readonly number[]) =>
      this.#Distribution.rowVector(probabilities.map((p) => Math.fround(p / options.share)));
    this.root = growExact(table, { ...this.options, ...options, Node: this.#Node, leaf });
  }
}

export class RegressionTree extends DecisionTreeRegression {
  readonly #Node: CartNodeClass;

  constructor(options?: CartOptions) {
    super(options);
    super.train([[0]], [0]);
    this.#Node = this.root.constructor;
  }

  /** As ml-cart trains. */
  override train(rows: Rows, values: ArrayLike<number>): void {
    const rule = squaredErrorRule(Float64Array.from(values));
    this.root = growCompat(columnsOf(rows), values, rule, { ...this.options, Node: this.#Node });
  }

  grow(table: Table, options: GrowOptions): void {
    const leaf = ([value]: readonly number[]) => Math.fround(value! / options.share);
    this.root = growExact(table, { ...this.options, ...options, Node: this.#Node, leaf });
  }
}

function columnsOf(rows: Rows): Float64Array[] {
  const width = rows[0]?.length ?? 0;
  return Array.from({ length: width }, (_, column) =>
    Float64Array.from(rows, (row) => row[column]!),
  );
}
