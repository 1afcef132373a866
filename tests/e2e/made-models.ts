// Models of a stated shape, the same every time: what is said of them is made up, what they answer is their trees' own.

import { createEncoder } from '#contract/features/encode-row.ts';
import type { Linear } from '#contract/model/linear.ts';
import type { Example, TabularDraft } from '#contract/manifest.ts';
import type { Metrics } from '#contract/model/metrics.ts';
import type { Signature } from '#contract/signature.ts';
import { predictTrees, type Tree, type TreeEnsemble } from '#contract/model/tree.ts';
import { createRandom } from '#data/random.ts';
import { makeRows } from '../../bench/made-rows.ts';
import { featuresOf, makeTrees, signatureOf, type Shape } from '../../bench/made-trees.ts';

export interface MadeModel {
  readonly draft: Omit<TabularDraft, 'tensors' | 'signature'> & { signature: MadeSignature };
  readonly ensemble: TreeEnsemble;
}

interface MadeSignature {
  readonly features: ReturnType<typeof featuresOf>;
  readonly target: Signature['target'];
}

const LARGE: Shape = {
  name: 'large',
  trees: 200,
  depth: 5,
  numbers: 40,
  categories: [2, 3, 4, 6, 8, 12, 20, 40, 80, 150, 2, 3, 4, 6, 8, 12, 20, 40, 80, 150],
  classes: 200,
};
/** A leaf of a real tree of so many labels knows few of them. */
const LABELS_OF_A_LEAF = 4;

/** 60 features, every third of which may be unknown. */
export function large(): MadeModel {
  const made = signatureOf(LARGE);
  const features = featuresOf(LARGE).map((feature, at) => ({ ...feature, nullable: at % 3 === 0 }));
  const dense = makeTrees(LARGE);
  const ensemble = { ...dense, trees: dense.trees.map(withFewLabels) };
  return {
    draft: {
      ...draftOf(LARGE, { ...made, features }, metricsOf(made, LARGE.classes)),
      description: '200 trees over 60 features answer one of 200 labels.',
      examples: makeRows(LARGE, 8).map(({ row }) => answered(made, ensemble, row)),
    },
    ensemble,
  };
}

const SMALL: Shape = {
  name: 'boosted',
  trees: 6,
  depth: 3,
  numbers: 3,
  categories: [5],
  classes: 3,
};

/** Each tree speaks of one label, in raw scores, and a linear term does too. */
export function boosted(): MadeModel {
  const signature = signatureOf(SMALL);
  const trees = makeTrees(SMALL).trees.map((tree, at): Tree => {
    const label = at % SMALL.classes;
    const margin = (value: readonly number[]): readonly number[] =>
      value.map((share, of) => (of === label ? Math.fround(share * 6 - 0.5) : 0));
    return { ...tree, cover: coversOf(tree), value: tree.value.map(margin) };
  });
  const ensemble: TreeEnsemble = {
    format_version: 1,
    outputs: SMALL.classes,
    base_values: [0, 0, 0],
    trees,
    linear: linearOf(signature),
    post_transform: 'softmax',
  };
  const examples = makeRows(SMALL, 3).map(({ row }) => answered(signature, ensemble, row));
  return { draft: { ...draftOf(SMALL, signature, metricsOf(signature, 3)), examples }, ensemble };
}

function draftOf(
  { name }: Shape,
  signature: MadeSignature,
  metrics: Metrics,
): Omit<MadeModel['draft'], 'examples'> & { examples: readonly Example[] } {
  return {
    format_version: 1,
    model: name,
    title: `Made: ${name}`,
    description: 'Made for a test.',
    task: 'classification',
    signature,
    examples: [],
    data: { dataset: 'made', sha256: '0'.repeat(64), rows: 10_000, source: 'made for a test' },
    training: { algorithm: 'made', parameters: {}, seed: 1, code_commit: null, tools: {} },
    metrics,
    parity: { rows: 0, label_differences: 0, max_difference: 0 },
    created_at: '2026-01-01T00:00:00.000Z',
  };
}

function answered(signature: Signature, ensemble: TreeEnsemble, row: Example['row']): Example {
  const encoder = createEncoder(signature);
  const into = new Float32Array(encoder.width);
  encoder.encodeRow(row, into, 0, '', { faults: [], warnings: [] });
  const answer = predictTrees(ensemble, into);
  const { target } = signature;
  const best = answer.indexOf(Math.max(...answer));
  return { row, target: target.type === 'category' ? target.labels[best]! : answer[0]! };
}

function withFewLabels(tree: Tree): Tree {
  const kept = (value: readonly number[]): readonly number[] => {
    const least = value.toSorted((a, b) => b - a)[LABELS_OF_A_LEAF - 1] ?? 0;
    return value.map((share) => (share >= least ? share : 0));
  };
  return { ...tree, cover: coversOf(tree), value: tree.value.map(kept) };
}

/** As if at each split two thirds of 10,000 rows went left. */
function coversOf({ mode, left, right }: Tree): readonly number[] {
  const cover = mode.map(() => 10_000);
  mode.forEach((found, node) => {
    if (found === 'leaf') return;
    cover[left[node]!] = Math.round((cover[node]! * 2) / 3);
    cover[right[node]!] = cover[node]! - cover[left[node]!]!;
  });
  return cover;
}

function linearOf({ features }: MadeSignature): Linear {
  const random = createRandom(7);
  const weights = (): readonly number[] =>
    Array.from({ length: SMALL.classes }, () => Math.fround(random.uniform() - 0.5));
  return {
    intercept: weights(),
    terms: features.map((feature) =>
      feature.type === 'number'
        ? {
            type: 'number',
            mean: 0.5,
            minimum: 0,
            maximum: 1,
            weights: weights(),
            expected: [0, 0, 0],
          }
        : { type: 'category', weights: feature.categories.map(weights), expected: [0, 0, 0] },
    ),
  };
}

function metricsOf({ features }: MadeSignature, classes: number): Metrics {
  const random = createRandom(5);
  const spread = (mean: number) => ({ mean, sd: mean / 20 });
  const rows = 10_000 / classes;
  return {
    folds: 5,
    model: { accuracy: spread(0.8), log_loss: spread(0.6), ece: spread(0.03) },
    dummy: { accuracy: spread(1 / classes), log_loss: spread(5.3), ece: spread(0) },
    confusion_matrix: Array.from({ length: classes }, (_, truth) =>
      Array.from({ length: classes }, (_, taken) =>
        truth === taken ? Math.round(rows * 0.8) : Math.round(random.uniform() * 0.53),
      ),
    ),
    reliability: Array.from({ length: 10 }, (_, bin) => ({
      lower: bin / 10,
      upper: (bin + 1) / 10,
      rows: bin < 2 ? 0 : 400 * bin,
      confidence: bin < 2 ? 0 : (bin + 0.5) / 10,
      accuracy: bin < 2 ? 0 : (bin + 0.3) / 10,
    })),
    permutation_importance: Object.fromEntries(
      features.map(({ name }, at) => [name, spread(1 / (at + 1))]),
    ),
  };
}
