// ml-cart's two trees with another training loop. Nodes, predict, toJSON and load stay ml-cart's.

import { DecisionTreeClassifier, DecisionTreeRegression, type CartOptions } from 'ml-cart';
import type { Table } from '../table.ts';
import type { AnswerNode } from './answer.ts';
import { growExact } from './exact.ts';

export class ClassificationTree extends DecisionTreeClassifier {
  constructor(options?: CartOptions) {
    super(options);
    // ml-cart does not export its node class: a tree of one row has it.
    super.train([[0]], [0]);
  }

  grow(table: Table, answer: AnswerNode): void {
    const { constructor: Node, distribution } = this.root;
    if (typeof distribution !== 'object')
      throw new Error('ml-cart made a leaf without a distribution');
    const { rowVector } = distribution.constructor;
    const leaf = (probabilities: readonly number[]) => rowVector(probabilities.map(Math.fround));
    this.root = growExact(table, { ...this.options, Node, answer, leaf });
  }
}

export class RegressionTree extends DecisionTreeRegression {
  constructor(options?: CartOptions) {
    super(options);
    super.train([[0]], [0]);
  }

  grow(table: Table, answer: AnswerNode): void {
    const { constructor: Node } = this.root;
    const leaf = ([value]: readonly number[]) => Math.fround(value!);
    this.root = growExact(table, { ...this.options, Node, answer, leaf });
  }
}
