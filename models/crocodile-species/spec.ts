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
  candidate: { algorithm: 'tree', parameters: { max_depth: 24, min_rows: 5, smoothing: 1 } },
  budget: { nodes: 20_000, bytes: 1_000_000 },
};

export default spec;
