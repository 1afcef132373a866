// Rows → a fitted model. The rest of the trainer sees this file only; what ml-cart is stays behind it.

import type { Candidate } from '#contract/spec.ts';
import { takeRows, type Table } from '../table/table.ts';
import { canonicalOrder } from './canonical-order.ts';
import { orderCategories } from './category-order.ts';
import { balance } from './class-weights.ts';
import type { FittedModel } from './fitted-model.ts';
import { fitForest, fitTree } from './forest.ts';
import { fitBoostedLinear, fitBoosting, fitLinearModel } from './margin-models.ts';

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
