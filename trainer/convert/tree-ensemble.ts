// The contract's trees → attributes of ai.onnx.ml's TreeEnsembleRegressor (version 3).
// Class probabilities are its targets too: its label-giving sibling answers wrong labels for two classes.

import type { Mode, Tree, TreeEnsemble } from '#contract/model/tree.ts';
import type { AttributeValue } from './attributes.ts';

/** True branch = left. BRANCH_NEQ rather than BRANCH_EQ, which onnxruntime 1.30 mis-routes in chains of small integers. */
const BRANCHES: Readonly<Record<Mode, string>> = {
  lt: 'BRANCH_LT',
  neq: 'BRANCH_NEQ',
  leaf: 'LEAF',
};

/** Zero weights, hit rates and missing-value flags are left out: they are the defaults, and cost memory at the edge. */
export function treeEnsembleAttributes(
  ensemble: TreeEnsemble,
  postTransform: 'NONE' | 'SOFTMAX',
): Readonly<Record<string, AttributeValue>> {
  const trees = [...ensemble.trees, ...baseTree(ensemble)];
  const nodes = trees.flatMap((tree, treeId) =>
    tree.mode.map((mode, node) => ({ tree, treeId, mode, node })),
  );
  const weights = nodes.flatMap(({ tree, treeId, node }) => {
    const value = tree.value[node]!;
    const entries = treeId < ensemble.trees.length ? nonZero(value) : [...value.entries()];
    return entries.map(([target, weight]) => ({ treeId, node, target, weight }));
  });
  return {
    aggregate_function: { string: 'SUM' },
    n_targets: { int: ensemble.outputs },
    nodes_falsenodeids: { ints: nodes.map(({ tree, node }) => tree.right[node]!) },
    nodes_featureids: { ints: nodes.map(({ tree, node }) => tree.feature[node]!) },
    nodes_modes: { strings: nodes.map(({ mode }) => BRANCHES[mode]) },
    nodes_nodeids: { ints: nodes.map(({ node }) => node) },
    nodes_treeids: { ints: nodes.map(({ treeId }) => treeId) },
    nodes_truenodeids: { ints: nodes.map(({ tree, node }) => tree.left[node]!) },
    nodes_values: { floats: nodes.map(({ tree, node }) => tree.threshold[node]!) },
    post_transform: { string: postTransform },
    target_ids: { ints: weights.map(({ target }) => target) },
    target_nodeids: { ints: weights.map(({ node }) => node) },
    target_treeids: { ints: weights.map(({ treeId }) => treeId) },
    target_weights: { floats: weights.map(({ weight }) => weight) },
  };
}

/**
 * Base values as a last tree of one leaf, which adds to every output. onnxruntime 1.30 leaves the attribute `base_values` out
 * of outputs that no tree adds to, and softmax takes such outputs for absent.
 */
function baseTree({ base_values, outputs, post_transform }: TreeEnsemble): readonly Tree[] {
  if (post_transform === undefined && base_values.every((value) => value === 0)) return [];
  const none = [0];
  return [
    {
      mode: ['leaf'],
      feature: none,
      threshold: none,
      left: none,
      right: none,
      cover: none,
      value: [base_values.slice(0, outputs)],
    },
  ];
}

/** A leaf that answers 0 everywhere still needs one weight to be a leaf. */
function nonZero(value: readonly number[]): (readonly [target: number, weight: number])[] {
  const weights = value
    .map((weight, target) => [target, weight] as const)
    .filter(([, weight]) => weight !== 0);
  return weights.length === 0 && value.length > 0 ? [[0, 0]] : weights;
}
