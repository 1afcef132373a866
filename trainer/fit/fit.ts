// Rows → a fitted model. The rest of the trainer sees this file only; what ml-cart is stays behind it.

import type { EncodedSignature } from '#contract/encoded.ts';
import type { Candidate } from '#contract/spec.ts';
import { TREE_FORMAT_VERSION, type TreeEnsemble } from '#contract/tree.ts';
import { takeRows, type Table } from '../table.ts';
import { createAnswers } from './answer.ts';
import { canonicalOrder } from './canonical-order.ts';
import { orderCategories } from './category-order.ts';
import { flatten } from './flatten.ts';
import { expandRow, layoutOf } from './layout.ts';
import { ClassificationTree, RegressionTree } from './trees.ts';

export interface FittedModel {
  /** The table's, with categories in the order the trees ask in. */
  readonly signature: EncodedSignature;
  readonly ensemble: TreeEnsemble;
  /** ml-cart's own answer to the row at `offset` of `rows`, encoded by `signature`: one value per output. */
  predict(rows: Float32Array, offset: number): readonly number[];
}

/** Fits the candidate on all rows of `table`; the order of the rows changes no bit of the result. */
export function fit(table: Table, { parameters }: Candidate): FittedModel {
  const ordered = orderCategories(takeRows(table, canonicalOrder(table)));
  const { signature, target } = ordered;
  const Tree = target.type === 'category' ? ClassificationTree : RegressionTree;
  const tree = new Tree({
    maxDepth: parameters.max_depth,
    minNumSamples: parameters.min_rows,
    gainThreshold: 0,
  });
  tree.grow(ordered, createAnswers(target, parameters.smoothing));

  const layout = layoutOf(signature.features);
  const expanded = new Float64Array(layout.width);
  const outputs = target.type === 'category' ? target.labels : 1;
  return {
    signature,
    ensemble: {
      format_version: TREE_FORMAT_VERSION,
      outputs,
      base_values: new Array<number>(outputs).fill(0),
      trees: [flatten(tree.root, layout)],
    },
    predict(rows, offset) {
      expandRow(layout, rows, offset, expanded);
      const answer = tree.root.classify(expanded);
      return typeof answer === 'number' ? [answer] : answer.getRow(0);
    },
  };
}
