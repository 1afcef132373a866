// Which crocodile is it? The species from what an observer sees and where.

import type { ModelSpec } from '#contract/spec.ts';

const spec: ModelSpec = {
  model: 'crocodile-species',
  title: 'Crocodile species',
  description:
    'The species of a crocodile from its length, weight, age class and sex, and where it was seen.',
  dataset: 'crocodile',
  target: 'Common Name',
  features: [
    'Observed Length (m)',
    'Observed Weight (kg)',
    'Age Class',
    'Sex',
    'Country/Region',
    'Habitat Type',
  ],
  seed: 1,
  folds: 5,
  candidates: [
    { algorithm: 'tree', parameters: { max_depth: 24, min_rows: 5, smoothing: 1 } },
    { algorithm: 'linear', parameters: { l2: [0.1, 0.03, 0.01, 0.003, 0.001] } },
    {
      algorithm: 'boosting',
      parameters: {
        rounds: 60,
        learning_rate: 0.1,
        max_leaves: 4,
        leaf_rows: 5,
        l2: 1,
        subsample: 1,
        patience: 0,
      },
    },
    {
      algorithm: 'boosted_linear',
      parameters: {
        rounds: 20,
        learning_rate: 0.1,
        max_leaves: 4,
        leaf_rows: 5,
        l2: 1,
        subsample: 1,
        patience: 0,
        linear_l2: 0.03,
      },
    },
    {
      algorithm: 'forest',
      parameters: {
        trees: 60,
        max_depth: 24,
        min_rows: 2,
        smoothing: 0.1,
        feature_share: 0.5,
        bootstrap: true,
      },
    },
  ],
  budget: { nodes: 20_000, bytes: 1_000_000 },
};

export default spec;
