// Rows → a fitted model. The rest of the trainer sees this file only; what ml-cart is stays behind it.

import type { Candidate } from '#contract/spec.ts';
import { TREE_FORMAT_VERSION, type TreeEnsemble } from '#contract/tree.ts';
import { takeRows, type Table } from '../table.ts';
import { canonicalOrder } from './exact.ts';
import { flatten } from './flatten.ts';
import { expandRow, layoutOf } from './layout.ts';
import { ClassificationTree, RegressionTree } from './trees.ts';

export interface FittedModel {
  readonly ensemble: TreeEnsemble;
  /** ml-cart's own answer to the encoded row at `offset` of `rows`: one value per output. */
  predict(rows: Float32Array, offset: number): readonly number[];
}

/** Fits the candidate on all rows of `table`; the order of the rows changes no bit of the result. */
export function fit(table: Table, { parameters }: Candidate): FittedModel {
  const { max_depth, min_rows, smoothing } = parameters;
  const sorted = takeRows(table, canonicalOrder(table));
  const options = { maxDepth: max_depth, minNumSamples: min_rows, gainThreshold: 0 };
  const tree = growTree(sorted, options, smoothing);
  const layout = layoutOf(table.signature.features);
  const outputs = table.target.type === 'category' ? table.target.labels : 1;
  const expanded = new Float64Array(layout.width);
  return {
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

type Options = { maxDepth: number; minNumSamples: number; gainThreshold: number };

function growTree(table: Table, options: Options, smoothing: number) {
  const { target } = table;
  if (target.type === 'category') {
    const tree = new ClassificationTree(options);
    tree.grow(table, target, smoothing);
    return tree;
  }
  const tree = new RegressionTree(options);
  tree.grow(table, target, smoothing);
  return tree;
}
