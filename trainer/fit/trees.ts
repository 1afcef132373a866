// ml-cart's two trees with another training loop. Nodes, predict, toJSON and load stay ml-cart's.

import { DecisionTreeClassifier, DecisionTreeRegression, type CartOptions } from 'ml-cart';
import type { ClassColumn, NumberColumn, Table } from '../table.ts';
import { growExact } from './exact.ts';
import { leafMean, leafProbabilities } from './leaf.ts';

/** Trains itself on one row so that the node class, which ml-cart does not export, can be had from its root. */
export class ClassificationTree extends DecisionTreeClassifier {
  constructor(options?: CartOptions) {
    super(options);
    super.train([[0]], [0]);
  }

  grow(table: Table, { codes, labels }: ClassColumn, smoothing: number): void {
    const { constructor: Node, distribution } = this.root;
    if (typeof distribution !== 'object')
      throw new Error('ml-cart made a leaf without a distribution');
    this.root = growExact(table, {
      ...this.options,
      Node,
      leaf: (order, range) =>
        distribution.constructor.rowVector(
          leafProbabilities(codes, labels, smoothing, order, range),
        ),
    });
  }
}

export class RegressionTree extends DecisionTreeRegression {
  constructor(options?: CartOptions) {
    super(options);
    super.train([[0]], [0]);
  }

  grow(table: Table, { values }: NumberColumn, smoothing: number): void {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    this.root = growExact(table, {
      ...this.options,
      Node: this.root.constructor,
      leaf: (order, range) => leafMean(values, mean, smoothing, order, range),
    });
  }
}
