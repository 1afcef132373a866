// A small version to publish: made up, complete, and different for every `name`.

import type { TabularDraft } from '#contract/manifest.ts';

export function draftOf(model: string, name = 'first'): TabularDraft {
  return {
    format_version: 1,
    model,
    title: 'Test',
    description: `The ${name} run.`,
    task: 'classification',
    signature: {
      features: [
        {
          type: 'number',
          name: 'length_m',
          column: 'Length (m)',
          description: 'Snout to tail',
          nullable: false,
          unit: 'm',
          minimum: 0.5,
          maximum: 6,
        },
        {
          type: 'category',
          name: 'water',
          column: 'Water',
          description: 'Where it swims',
          nullable: true,
          categories: ['salt', 'fresh'],
        },
      ],
      target: { type: 'category', name: 'kind', column: 'Kind', labels: ['a', 'b'] },
    },
    tensors: {
      inputs: [{ name: 'features', datatype: 'FP32', shape: [-1, 2] }],
      outputs: [{ name: 'probabilities', datatype: 'FP32', shape: [-1, 2] }],
    },
    examples: [{ row: { length_m: 2.5, water: null }, target: 'a' }],
    data: { dataset: 'test', sha256: 'a'.repeat(64), rows: 12, source: 'made up for a test' },
    training: {
      algorithm: 'tree',
      parameters: { max_depth: 3, min_rows: 1, smoothing: 1 },
      seed: 1,
      code_commit: null,
      tools: { gharial: '0.1.0' },
    },
    metrics: {
      folds: 5,
      model: { accuracy: { mean: 0.9, sd: 0.01 } },
      dummy: { accuracy: { mean: 0.5, sd: 0 } },
      confusion_matrix: [
        [5, 1],
        [0, 6],
      ],
      permutation_importance: { length_m: { mean: 0.2, sd: 0.1 }, water: { mean: 0, sd: 0 } },
    },
    parity: { rows: 100, label_differences: 0, max_difference: 0 },
    created_at: '2026-01-02T03:04:05.000Z',
  };
}

/** Files whose bytes depend on `name`. */
export function filesOf(name = 'first'): Record<string, Uint8Array> {
  const utf8 = new TextEncoder();
  return {
    'model.onnx': utf8.encode(`onnx of the ${name} run`),
    'tree.json': utf8.encode('{}\n'),
    'README.md': utf8.encode(`# The ${name} run\n`),
  };
}
