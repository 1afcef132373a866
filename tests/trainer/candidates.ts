// One small candidate of each algorithm, for tests.

import type { Algorithm, Algorithms, Candidate } from '#contract/spec.ts';

const BOOSTING: Algorithms['boosting'] = {
  rounds: 12,
  learning_rate: 0.3,
  max_leaves: 6,
  leaf_rows: 3,
  l2: 1,
  subsample: 1,
  patience: 0,
};

export const TREE: Algorithms['tree'] = { max_depth: 12, min_rows: 2, smoothing: 1 };

export const FOREST: Algorithms['forest'] = {
  trees: 9,
  max_depth: 12,
  min_rows: 2,
  smoothing: 0.5,
  feature_share: 0.5,
  bootstrap: true,
};

export const treeOf = (change: Partial<Algorithms['tree']> = {}): Candidate => ({
  algorithm: 'tree',
  parameters: { ...TREE, ...change },
});
export const forestOf = (change: Partial<Algorithms['forest']> = {}): Candidate => ({
  algorithm: 'forest',
  parameters: { ...FOREST, ...change },
});
export const boostingOf = (change: Partial<Algorithms['boosting']> = {}): Candidate => ({
  algorithm: 'boosting',
  parameters: { ...BOOSTING, ...change },
});
export const linearOf = (l2 = 0.1): Candidate => ({ algorithm: 'linear', parameters: { l2 } });
export const boostedLinearOf = (change: Partial<Algorithms['boosted_linear']> = {}): Candidate => ({
  algorithm: 'boosted_linear',
  parameters: { ...BOOSTING, linear_l2: 1, ...change },
});

export const CANDIDATES: Readonly<Record<Algorithm, Candidate>> = {
  tree: treeOf(),
  forest: forestOf(),
  boosting: boostingOf(),
  linear: linearOf(),
  boosted_linear: boostedLinearOf(),
};
