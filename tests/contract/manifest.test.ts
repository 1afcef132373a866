// A manifest is read back as it was written, or refused with the pointer of its first fault.

import { describe, expect, test } from 'vitest';
import { parseAliases, withMove, NO_ALIASES } from '#contract/registry/aliases.ts';
import { stableJson } from '#contract/shapes/json.ts';
import { parseManifest, type Manifest } from '#contract/manifest.ts';
import { draftOf } from './draft.ts';

const manifest: Manifest = {
  ...draftOf('tall-tree'),
  version: '12',
  files: { 'model.onnx': { sha256: '0'.repeat(64), size: 3 } },
};

describe('manifest.json', () => {
  test('parse(write(manifest)) is the manifest', () => {
    expect(parseManifest(stableJson(manifest))).toEqual(manifest);
  });

  const spread = { mean: 0.5, sd: 0.1 };
  test.each([
    [
      'a learning curve',
      { learning_curve: { metric: 'rmse', points: [{ rows: 9, score: spread }] } },
    ],
    ['bins of answers', { answer_bins: [{ rows: 9, answer: 2.5, low: 1, median: 2, high: 4 }] }],
    [
      'reliability',
      { reliability: [{ lower: 0, upper: 0.1, rows: 9, confidence: 0.1, accuracy: 0 }] },
    ],
  ])('keeps %s, where there is one', (_, more) => {
    const with_more = { ...manifest, metrics: { ...manifest.metrics, ...more } };
    expect(parseManifest(stableJson(with_more))).toEqual(with_more);
  });

  test.each([
    ['another format', { format_version: 2 }, '/format_version must be 1'],
    ['a model name with a slash', { model: 'a/b' }, '/model must be a model name: a/b'],
    ['version 0', { version: '0' }, '/version must be a version such as "1": 0'],
    ['a task that is not the target’s', { task: 'regression' }, '/task must be classification'],
    ['no model.onnx', { files: {} }, '/files must name model.onnx'],
    [
      'a short hash',
      { files: { 'model.onnx': { sha256: 'abc', size: 3 } } },
      '/files/model.onnx/sha256 must be a SHA-256 in lower-case hex: abc',
    ],
    [
      'a negative size',
      { files: { 'a/b': { sha256: '0'.repeat(64), size: -1 } } },
      '/files/a~1b/size must be a whole number',
    ],
    ['an example that is a list', { examples: [[]] }, '/examples/0 must be an object'],
    [
      'an unknown datatype',
      { tensors: { inputs: [{ name: 'x', datatype: 'FLOAT', shape: [1] }], outputs: [] } },
      '/tensors/inputs/0/datatype is not a datatype',
    ],
    [
      'a commit that is a number',
      { training: { ...manifest.training, code_commit: 1 } },
      '/training/code_commit',
    ],
  ])('refuses %s', (_, change, message) => {
    expect(() => parseManifest(stableJson({ ...manifest, ...change }))).toThrow(message);
  });

  test('refuses what is not JSON', () => {
    expect(() => parseManifest('{"a":')).toThrow('(root) is not JSON');
  });
});

describe('aliases.json', () => {
  const move = { alias: 'champion', to: '2', by: 'a test', reason: 'why not', at: '2026-01-01' };

  test('parse(write(aliases)) is the aliases, with where each move came from', () => {
    const aliases = withMove(withMove(NO_ALIASES, { ...move, to: '1' }), move);
    expect(parseAliases(stableJson(aliases))).toEqual(aliases);
    expect(aliases.aliases).toEqual({ champion: '2' });
    expect(aliases.history.map(({ from, to }) => [from, to])).toEqual([
      [null, '1'],
      ['1', '2'],
    ]);
  });

  test('refuses an alias that could be taken for a version', () => {
    expect(() => parseAliases('{"aliases":{"7":"1"},"history":[]}')).toThrow(
      '/aliases has a name that is no alias: 7',
    );
  });

  test('refuses an alias of what is no version', () => {
    expect(() => parseAliases('{"aliases":{"champion":"one"},"history":[]}')).toThrow(
      '/aliases/champion is not a version: one',
    );
  });
});
