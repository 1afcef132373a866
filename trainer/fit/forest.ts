// A random forest (Breiman 2001): trees that differ because each sees other rows and, at each split, other features.
// A single tree is a forest of one that sees everything.

import type { ForestParameters, TreeParameters } from '#contract/spec.ts';
import { createRandom, type Random } from '../table/random.ts';
import type { Table } from '../table/table.ts';
import { additiveModel, type Summand } from './additive.ts';
import type { FittedModel } from './fitted-model.ts';
import { weightsOf } from './margins.ts';
import { rankColumns } from './ranks.ts';
import { ClassificationTree, RegressionTree } from './trees.ts';

export function fitTree(table: Table, parameters: TreeParameters): FittedModel {
  const weights = weightsOf(table);
  const { smoothing, pruning } = parameters;
  const tree = createTree(table, parameters);
  tree.grow(table, {
    smoothing,
    weights,
    share: 1,
    ...(pruning !== undefined && { pruning }),
  });
  return additiveModel(table, { summands: [tree] });
}

export function fitForest(table: Table, parameters: ForestParameters, seed: number): FittedModel {
  const { trees, smoothing, feature_share, bootstrap } = parameters;
  const random = createRandom(seed, 'forest');
  const features = table.signature.features.length;
  const count = Math.max(1, Math.round(feature_share * features));
  const draw = count < features ? { random, count } : null;
  const columns = rankColumns(table);
  const own = weightsOf(table);
  const summands = Array.from({ length: trees }, (): Summand => {
    const weights = bootstrap ? drawRows(own, random) : own;
    const tree = createTree(table, parameters);
    tree.grow(table, {
      smoothing,
      weights,
      columns,
      draw,
      share: trees,
    });
    return { root: tree.root };
  });
  return additiveModel(table, { summands });
}

function createTree(
  { target }: Table,
  { max_depth, min_rows }: Pick<TreeParameters, 'max_depth' | 'min_rows'>,
): ClassificationTree | RegressionTree {
  const Tree = target.type === 'category' ? ClassificationTree : RegressionTree;
  return new Tree({ maxDepth: max_depth, minNumSamples: min_rows, gainThreshold: 0 });
}

/** As many rows as there are, drawn with replacement: by row, its weight times how often it was drawn. */
function drawRows(weights: Float64Array, random: Random): Float64Array {
  const drawn = new Float64Array(weights.length);
  for (let draws = 0; draws < weights.length; draws++) {
    const row = random.below(weights.length);
    drawn[row]! += weights[row]!;
  }
  return drawn;
}
