// A version small enough to know by heart, which no registry holds: a tree of five nodes as an ONNX file in base64 (one
// number split, one category split, two classes), and its manifest.
//
//   size < 0.5            → small 1
//   size ≥ 0.5, kind ≠ b  → small 0.5, large 0.5
//   size ≥ 0.5, kind = b  → large 1

import type { TabularManifest } from '#contract/manifest.ts';

export const WARM_UP_MODEL =
  'CAgSB2doYXJpYWw63QQKjAQKCGZlYXR1cmVzEg1wcm9iYWJpbGl0aWVzIhVUcmVlRW5zZW1ibGVSZWdyZXNzb3IqEAoJbl90YXJnZXRzGAKgAQIqHAoSYWdncmVnYXRlX2Z1bmN0aW9uIgNTVU2gAQMqGQoOcG9zdF90cmFuc2Zvcm0iBE5PTkWgAQMqHAoNbm9kZXNfdHJlZWlkc0AAQABAAEAAQACgAQcqHAoNbm9kZXNfbm9kZWlkc0AAQAFAAkADQASgAQcqHwoQbm9kZXNfZmVhdHVyZWlkc0AAQABAAUAAQACgAQcqKgoMbm9kZXNfdmFsdWVzPQAAAD89AAAAAD0AAIA/PQAAAAA9AAAAAKABBio5Cgtub2Rlc19tb2Rlc0oJQlJBTkNIX0xUSgRMRUFGSgpCUkFOQ0hfTkVRSgRMRUFGSgRMRUFGoAEIKiAKEW5vZGVzX3RydWVub2RlaWRzQAFAAEADQABAAKABByohChJub2Rlc19mYWxzZW5vZGVpZHNAAkAAQARAAEAAoAEHKhsKDnRhcmdldF90cmVlaWRzQABAAEAAQACgAQcqGwoOdGFyZ2V0X25vZGVpZHNAAUADQANABKABByoXCgp0YXJnZXRfaWRzQABAAEABQAGgAQcqJwoOdGFyZ2V0X3dlaWdodHM9AACAPz0AAAA/PQAAAD89AACAP6ABBjoKYWkub25ueC5tbBIHd2FybS11cFoeCghmZWF0dXJlcxISChAIARIMCgYSBHJvd3MKAggCYiMKDXByb2JhYmlsaXRpZXMSEgoQCAESDAoGEgRyb3dzCgIIAkIECgAQEUIOCgphaS5vbm54Lm1sEAM=';

export const WARM_UP_MANIFEST: TabularManifest = {
  format_version: 1,
  model: 'warm-up',
  version: '1',
  title: 'Tiny',
  description: 'Two features, two labels, five nodes.',
  task: 'classification',
  signature: {
    features: [
      {
        type: 'number',
        name: 'size',
        column: 'Size (m)',
        description: 'Length.',
        nullable: false,
        unit: 'm',
        minimum: 0,
        maximum: 2,
      },
      {
        type: 'category',
        name: 'kind',
        column: 'Kind',
        description: 'Kind of thing.',
        nullable: true,
        categories: ['a', 'b'],
      },
    ],
    target: { type: 'category', name: 'class', column: 'Class', labels: ['small', 'large'] },
  },
  tensors: {
    inputs: [{ name: 'features', datatype: 'FP32', shape: [-1, 2] }],
    outputs: [{ name: 'probabilities', datatype: 'FP32', shape: [-1, 2] }],
  },
  files: { 'model.onnx': { sha256: '0'.repeat(64), size: 641 } },
  examples: [{ row: { size: 0.25, kind: 'a' }, target: 'small' }],
  data: { dataset: 'tiny', sha256: '0'.repeat(64), rows: 4, source: 'made' },
  training: { algorithm: 'tree', parameters: {}, seed: 1, code_commit: null, tools: {} },
  metrics: { folds: 2, model: {}, dummy: {}, permutation_importance: {} },
  parity: { rows: 0, label_differences: 0, max_difference: 0 },
  created_at: '2026-01-01T00:00:00.000Z',
};
