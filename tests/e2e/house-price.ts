// A model of another kind than the one that is shipped: a number for an answer, features that may be unknown.

import type { TabularModel } from '#contract/registry/models.ts';

export const HOUSE_PRICE: TabularModel = {
  name: 'house-price',
  title: 'House price',
  description: 'What a house sells for.',
  task: 'regression',
  versions: ['3'],
  aliases: { champion: '3' },
  history: [],
  retired: {},
  manifest: {
    format_version: 1,
    model: 'house-price',
    version: '3',
    title: 'House price',
    description: 'What a house sells for.',
    task: 'regression',
    signature: {
      features: [
        {
          type: 'number',
          name: 'area',
          column: 'Area (m²)',
          description: 'Living area.',
          nullable: true,
          unit: 'm²',
          minimum: 20,
          maximum: 450,
        },
        {
          type: 'category',
          name: 'garden',
          column: 'Garden',
          description: 'Whether there is one.',
          nullable: true,
          categories: ['yes', 'no'],
        },
      ],
      target: { type: 'number', name: 'price', column: 'Price', unit: '€' },
    },
    tensors: {
      inputs: [{ name: 'features', datatype: 'FP32', shape: [-1, 2] }],
      outputs: [{ name: 'value', datatype: 'FP32', shape: [-1, 1] }],
    },
    files: { 'model.onnx': { sha256: '0'.repeat(64), size: 1 } },
    examples: [
      { row: { area: 120, garden: 'yes' }, target: 350_000 },
      { row: { area: null, garden: null }, target: 180_000 },
    ],
    data: { dataset: 'houses', sha256: '0'.repeat(64), rows: 500, source: 'made up for a test' },
    training: { algorithm: 'tree', parameters: {}, seed: 1, code_commit: null, tools: {} },
    metrics: {
      folds: 5,
      model: { rmse: { mean: 31_234.5, sd: 800 } },
      dummy: { rmse: { mean: 98_000, sd: 900 } },
      permutation_importance: {},
    },
    parity: { rows: 1000, label_differences: 0, max_difference: 0 },
    created_at: '2026-11-23T00:00:00.000Z',
  },
};
