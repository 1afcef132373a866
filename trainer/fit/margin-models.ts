// The models that are fitted by gradients: linear, boosting, and boosting that starts from a linear one.

import type {
  BoostedLinearParameters,
  BoostingParameters,
  LinearParameters,
} from '#contract/spec.ts';
import type { Table } from '../table/table.ts';
import { additiveModel, type Summand } from './additive.ts';
import { boost, type BoostedTree } from './boosting.ts';
import type { FittedModel } from './fitted-model.ts';
import { layoutOf } from './layout.ts';
import { fitLinear, linearTerm } from './linear.ts';
import { RegressionTree } from './trees.ts';

export function fitLinearModel(table: Table, { l2 }: LinearParameters): FittedModel {
  const linear = linearTerm(table, fitLinear(table, l2));
  return additiveModel(table, { summands: [], linear, ...transformOf(table) });
}

export function fitBoosting(
  table: Table,
  parameters: BoostingParameters,
  seed: number,
): FittedModel {
  const layout = layoutOf(table.signature.features);
  const { trees, start } = boost(table, { parameters, layout, seed });
  const summands = trees.map((tree) => summandOf(table, tree));
  return additiveModel(table, {
    // An ONNX tree ensemble has at least one tree.
    summands: summands.length === 0 ? [nothing(table)] : summands,
    start: isBinary(table) ? [0, ...start] : start,
    ...transformOf(table),
  });
}

export function fitBoostedLinear(
  table: Table,
  parameters: BoostedLinearParameters,
  seed: number,
): FittedModel {
  const layout = layoutOf(table.signature.features);
  const fitted = fitLinear(table, parameters.linear_l2);
  const { trees } = boost(table, { parameters, layout, seed, margins: fitted.margins });
  return additiveModel(table, {
    summands: trees.map((tree) => summandOf(table, tree)),
    linear: linearTerm(table, fitted),
    ...transformOf(table),
  });
}

/** A tree of one leaf that adds 0. */
function nothing({ count }: Table): Summand {
  const { root } = new RegressionTree();
  root.numberSamples = count;
  root.distribution = 0;
  return { root };
}

const isBinary = ({ target }: Table): boolean => target.type === 'category' && target.labels === 2;

/** The one margin of two labels is the second's; the first's is 0. */
const summandOf = (table: Table, { root, output }: BoostedTree): Summand => ({
  root,
  only: isBinary(table) ? 1 : output,
});

const transformOf = ({ target }: Table): { post_transform?: 'softmax' } =>
  target.type === 'category' ? { post_transform: 'softmax' } : {};
