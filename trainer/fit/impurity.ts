// How mixed the rows of a node are, and how much less so after a split. One implementation for labels, one for a number.

import type { NodeOrder } from './node-order.ts';

/** Values by output: the probability of each label, or the one number. */
export type Answer = readonly number[];

/** Looks at one node at a time; a higher score is a better split of that node. */
export interface Impurity {
  /** Takes the rows of a node, `rows[start…end)`. */
  open(rows: Int32Array, start: number, end: number): void;
  /** Whether the node's rows all have the same target. */
  isPure(): boolean;
  /** Of the node's rows. A few more are added that are spread as the parent's are, so that few rows are not too sure. */
  answer(parent: Answer | null): Answer;
  /**
   * Looks at every boundary between two ranks below `missing`, and at the one before `missing`; answers the best score, the
   * lowest boundary of equals, and leaves the place of the last row below it in `boundary`.
   */
  sweep(order: NodeOrder, missing: number): number;
  readonly boundary: { place: number };
  /** The score of parting the rows at places `from` up to `to` from all others. */
  part(order: NodeOrder, from: number, to: number): number;
  /** Of the node unparted. */
  parentScore(): number;
  /** Of the node, times the weight of its rows. */
  total(): number;
  /** What ml-cart calls gain: the drop in Gini impurity, or the squared error that is left. */
  gain(score: number): number;
}
