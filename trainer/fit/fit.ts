// Rows → a fitted model. The rest of the trainer sees this file only; what ml-cart is stays behind it.

import type { EncodedSignature } from '#contract/encoded.ts';
import type { Candidate } from '#contract/spec.ts';
import type { TreeEnsemble } from '#contract/tree.ts';
import { takeRows, type Table } from '../table.ts';
import { canonicalOrder } from './canonical-order.ts';
import { orderCategories } from './category-order.ts';
import { balance } from './class-weights.ts';
import { fitForest, fitTree } from './forest.ts';
import { fitBoostedLinear, fitBoosting, fitLinearModel } from './margin-models.ts';

export interface FittedModel {
  /** The table's, with categories in the order the trees ask in. */
  readonly signature: EncodedSignature;
  readonly ensemble: TreeEnsemble;
  /** ml-cart's own answer to the row at `offset` of `rows`, encoded by `signature`: one value per output. */
  predict(rows: Float32Array, offset: number): ArrayLike<number>;
}

/** Fits the candidate on all rows of `table`; the order of the rows changes no bit of the result. */
export function fit(table: Table, candidate: Candidate, seed = 1): FittedModel {
  const ordered = orderCategories(takeRows(table, canonicalOrder(table)));
  const isBalanced = candidate.parameters.class_weight === 'balanced';
  return fitOrdered(isBalanced ? balance(ordered) : ordered, candidate, seed);
}

function fitOrdered(table: Table, { algorithm, parameters }: Candidate, seed: number): FittedModel {
  switch (algorithm) {
    case 'tree':
      return fitTree(table, parameters);
    case 'forest':
      return fitForest(table, parameters, seed);
    case 'linear':
      return fitLinearModel(table, parameters);
    case 'boosting':
      return fitBoosting(table, parameters, seed);
    case 'boosted_linear':
      return fitBoostedLinear(table, parameters, seed);
  }
}
