// Tree ensembles at random, as each of the three operators has them.

import type { Random } from '#data/random.ts';
import type { AttributeValue } from '../../../trainer/convert/attributes.ts';
import { below, between, encodeModel, floatTensor, pick, type MadeModel } from './random-models.ts';

const MODES = ['BRANCH_LEQ', 'BRANCH_LT', 'BRANCH_GTE', 'BRANCH_GT', 'BRANCH_EQ', 'BRANCH_NEQ'];
const TRANSFORMS = ['NONE', 'LOGISTIC', 'SOFTMAX', 'SOFTMAX_ZERO'];

interface MadeTreeNode {
  /** Null at a leaf. */
  readonly branch: {
    readonly mode: string;
    readonly feature: number;
    readonly threshold: number;
    readonly missing: number;
    readonly yes: number;
    readonly no: number;
  } | null;
  readonly weights: readonly (readonly [target: number, weight: number])[];
}

interface Forest {
  readonly trees: readonly (readonly MadeTreeNode[])[];
  readonly columns: number;
  readonly targets: number;
  readonly hasMissing: boolean;
}

type Weigh = (random: Random) => MadeTreeNode['weights'];

function makeForest(random: Random, targets: number, weigh: Weigh): Forest {
  const columns = 1 + below(random, 12);
  const modes = random.uniform() < 0.5 ? [pick(random, MODES)] : MODES;
  const hasMissing = random.uniform() < 0.5;
  const depth = 1 + below(random, 7);
  const trees = Array.from({ length: pick(random, [1, 1, 2, 3, 5, 17, 60]) }, () => {
    const nodes: MadeTreeNode[] = [];
    const grow = (left: number): number => {
      const place = nodes.length;
      if (left === 0 || random.uniform() < 0.15) {
        nodes.push({ branch: null, weights: weigh(random) });
        return place;
      }
      nodes.push({ branch: null, weights: [] });
      const made = {
        mode: pick(random, modes),
        feature: below(random, columns),
        threshold: pick(random, [0, -0, 1, between(random, -2, 2), between(random, -2, 2)]),
        missing: hasMissing ? below(random, 2) : 0,
      };
      const yes = grow(left - 1);
      nodes[place] = { branch: { ...made, yes, no: grow(left - 1) }, weights: [] };
      return place;
    };
    grow(depth);
    return nodes;
  });
  return { trees, columns, targets, hasMissing };
}

const edgesOf = ({ trees, columns }: Forest): number[][] => {
  const edges = Array.from({ length: columns }, (): number[] => []);
  for (const { branch } of trees.flat())
    if (branch !== null) edges[branch.feature]!.push(branch.threshold);
  return edges;
};

function columnsOf(
  { trees, hasMissing }: Forest,
  kind: 'target' | 'class',
): Record<string, AttributeValue> {
  const nodes = trees.flatMap((tree, treeId) => tree.map((node, id) => ({ ...node, treeId, id })));
  const weights = nodes.flatMap(({ weights, treeId, id }) =>
    weights.map(([target, weight]) => ({ treeId, id, target, weight })),
  );
  return {
    nodes_treeids: { ints: nodes.map(({ treeId }) => treeId) },
    nodes_nodeids: { ints: nodes.map(({ id }) => id) },
    nodes_featureids: { ints: nodes.map(({ branch }) => branch?.feature ?? 0) },
    nodes_values: { floats: nodes.map(({ branch }) => branch?.threshold ?? 0) },
    nodes_modes: { strings: nodes.map(({ branch }) => branch?.mode ?? 'LEAF') },
    nodes_truenodeids: { ints: nodes.map(({ branch }) => branch?.yes ?? 0) },
    nodes_falsenodeids: { ints: nodes.map(({ branch }) => branch?.no ?? 0) },
    ...(hasMissing && {
      nodes_missing_value_tracks_true: { ints: nodes.map(({ branch }) => branch?.missing ?? 0) },
    }),
    [`${kind}_treeids`]: { ints: weights.map(({ treeId }) => treeId) },
    [`${kind}_nodeids`]: { ints: weights.map(({ id }) => id) },
    [`${kind}_ids`]: { ints: weights.map(({ target }) => target) },
    [`${kind}_weights`]: { floats: weights.map(({ weight }) => weight) },
  };
}

const weight = (random: Random): number => (random.uniform() < 0.1 ? 0 : between(random, -1, 1));

/** Each target, some of them, or one. */
function weighers(targets: number, random: Random): Weigh {
  const all: Weigh = (each) =>
    Array.from({ length: targets }, (_, target) => [target, weight(each)] as const);
  if (targets === 1) return all;
  return pick(random, [
    all,
    (each) => all(each).filter(() => each.uniform() < 0.6),
    (each) => [[below(each, targets), weight(each)]],
  ]);
}

const baseOf = (random: Random, count: number): Record<string, AttributeValue> =>
  count === 0 || random.uniform() < 0.5
    ? {}
    : { base_values: { floats: Array.from({ length: count }, () => between(random, -1, 1)) } };

export function randomRegressor(random: Random): MadeModel {
  const targets = pick(random, [1, 1, 2, 3, 5, 18]);
  const forest = makeForest(random, targets, weighers(targets, random));
  const transform = pick(random, TRANSFORMS);
  const aggregate = pick(random, ['SUM', 'SUM', 'AVERAGE']);
  const attributes = {
    ...columnsOf(forest, 'target'),
    ...baseOf(random, targets),
    n_targets: { int: targets },
    aggregate_function: { string: aggregate },
    post_transform: { string: transform },
  };
  return madeOf(forest, `${targets} targets, ${aggregate}, ${transform}`, {
    operator: 'TreeEnsembleRegressor',
    attributes,
    mlVersion: pick(random, [1, 3]),
  });
}

export function randomClassifier(random: Random): MadeModel {
  const classes = pick(random, [2, 2, 2, 3, 5, 18]);
  const positive = random.uniform() < 0.5;
  const only = below(random, 2);
  const gaps = random.uniform() < 0.2;
  const one: Weigh = (each) =>
    gaps && each.uniform() < 0.3 ? [] : [[only, positive ? Math.abs(weight(each)) : weight(each)]];
  const isOne = classes === 2 && random.uniform() < 0.6;
  const forest = makeForest(random, classes, isOne ? one : weighers(classes, random));
  const transform = pick(random, TRANSFORMS);
  const attributes = {
    ...columnsOf(forest, 'class'),
    ...baseOf(random, isOne ? 1 + below(random, 2) : classes),
    classlabels_int64s: { ints: Array.from({ length: classes }, (_, label) => label) },
    post_transform: { string: transform },
  };
  return madeOf(forest, `${classes} classes${isOne ? `, weights of ${only}` : ''}, ${transform}`, {
    operator: 'TreeEnsembleClassifier',
    attributes,
    mlVersion: pick(random, [1, 3]),
  });
}

/** TreeEnsemble of ai.onnx.ml 5: inner nodes and leaves have numbers of their own. */
export function randomEnsemble(random: Random): MadeModel {
  const targets = pick(random, [1, 2, 4]);
  const forest = makeForest(random, targets, (each) => [[below(each, targets), weight(each)]]);
  const inner: { readonly node: MadeTreeNode; readonly tree: number }[] = [];
  const leaves: (readonly [number, number])[] = [];
  const numberOf = new Map<MadeTreeNode, number>();
  forest.trees.forEach((tree, index) =>
    tree.forEach((node) => {
      if (node.branch === null) numberOf.set(node, leaves.push(node.weights[0]!) - 1);
      else numberOf.set(node, inner.push({ node, tree: index }) - 1);
    }),
  );
  // A root that is a leaf has a branch of its own, both sides of which are that leaf.
  const roots = forest.trees.map((tree, index) => {
    const [root] = tree;
    if (root!.branch !== null) return numberOf.get(root!)!;
    const branch = { mode: 'BRANCH_LEQ', feature: 0, threshold: 0, missing: 0, yes: 0, no: 0 };
    return inner.push({ node: { branch, weights: [] }, tree: index }) - 1;
  });
  const child = ({ node, tree }: (typeof inner)[number], side: 'yes' | 'no'): MadeTreeNode =>
    forest.trees[tree]![node.branch![side]]!;
  const bytesOf = (name: string, values: readonly number[]): object => ({
    name,
    dims: [values.length],
    data_type: 2,
    raw_data: Uint8Array.from(values),
  });
  const side = (which: 'yes' | 'no') => ({
    ids: { ints: inner.map((each) => numberOf.get(child(each, which))!) },
    leafs: { ints: inner.map((each) => (child(each, which).branch === null ? 1 : 0)) },
  });
  const transform = below(random, 4);
  const attributes: Record<string, AttributeValue> = {
    tree_roots: { ints: roots },
    nodes_featureids: { ints: inner.map(({ node }) => node.branch!.feature) },
    nodes_splits: {
      tensor: floatTensor(
        'splits',
        [inner.length],
        inner.map(({ node }) => node.branch!.threshold),
      ),
    },
    nodes_modes: {
      tensor: bytesOf(
        'modes',
        inner.map(({ node }) => MODES.indexOf(node.branch!.mode)),
      ),
    },
    nodes_truenodeids: side('yes').ids,
    nodes_trueleafs: side('yes').leafs,
    nodes_falsenodeids: side('no').ids,
    nodes_falseleafs: side('no').leafs,
    ...(forest.hasMissing && {
      nodes_missing_value_tracks_true: { ints: inner.map(({ node }) => node.branch!.missing) },
    }),
    leaf_targetids: { ints: leaves.map(([target]) => target) },
    leaf_weights: {
      tensor: floatTensor(
        'weights',
        [leaves.length],
        leaves.map(([, each]) => each),
      ),
    },
    n_targets: { int: targets },
    aggregate_function: { int: pick(random, [0, 1]) },
    post_transform: { int: transform },
  };
  return madeOf(forest, `${targets} targets, transform ${transform}`, {
    operator: 'TreeEnsemble',
    attributes,
    mlVersion: 5,
  });
}

function madeOf(
  forest: Forest,
  text: string,
  node: {
    readonly operator: string;
    readonly attributes: Readonly<Record<string, AttributeValue>>;
    readonly mlVersion: number;
  },
): MadeModel {
  const isClass = node.operator === 'TreeEnsembleClassifier';
  const bytes = encodeModel({
    columns: forest.columns,
    nodes: [
      {
        operator: node.operator,
        domain: 'ai.onnx.ml',
        inputs: ['x'],
        outputs: isClass ? ['label', 'y'] : ['y'],
        attributes: node.attributes,
      },
    ],
    output: 'y',
    outputColumns: forest.targets,
    mlVersion: node.mlVersion,
  });
  const name = `${node.operator} of ${forest.trees.length} trees, ${text}`;
  return { name, bytes, output: 'y', columns: forest.columns, edges: edgesOf(forest) };
}
