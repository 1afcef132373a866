// A spec is what the trainer can rely on, or is refused with the place of its first fault.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { loadSpec } from '../../trainer/spec/load-spec.ts';
import { expandGrids } from '../../trainer/spec/parse-candidate.ts';
import { parseSpec } from '../../trainer/spec/parse-spec.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const spec = await loadSpec(ROOT, 'crocodile-species');
const withParameters = (change: object) => ({
  candidates: [
    {
      algorithm: 'tree',
      parameters: { max_depth: 3, min_rows: 1, smoothing: 1, ...change },
    },
  ],
});

describe('parseSpec', () => {
  test('parse(spec) is the spec', () => {
    expect(parseSpec(structuredClone(spec), 'crocodile-species')).toEqual(spec);
  });

  test.each<[string, object, string]>([
    ['another model’s spec', { model: 'x' }, "/model must be the folder's name: crocodile-species"],
    ['no features', { features: [] }, '/features must not be empty'],
    ['a feature that is a number', { features: ['a', 1] }, '/features/1 must be a string'],
    ['one fold', { folds: 1 }, '/folds must be at least 2'],
    ['a seed that is no whole number', { seed: 0.5 }, '/seed must be a whole number'],
    ['no candidates', { candidates: [] }, '/candidates must not be empty'],
    [
      'an unknown algorithm',
      { candidates: [{ algorithm: 'oracle' }] },
      '/candidates/0/algorithm must be one of tree, forest, boosting, linear, boosted_linear',
    ],
    [
      'no parameters',
      { candidates: [{ algorithm: 'tree' }] },
      '/candidates/0/parameters must be an object',
    ],
    [
      'a parameter of another algorithm',
      withParameters({ rounds: 5 }),
      '/candidates/0/parameters/rounds is not a parameter of tree',
    ],
    [
      'rows below one',
      withParameters({ min_rows: 0 }),
      '/candidates/0/parameters/min_rows must be at least 1',
    ],
    [
      'one value of a grid that cannot be',
      withParameters({ min_rows: [5, 0] }),
      '/candidates/0/parameters/min_rows must be at least 1',
    ],
    [
      'negative smoothing',
      withParameters({ smoothing: -1 }),
      '/candidates/0/parameters/smoothing must be',
    ],
    [
      'endless smoothing',
      withParameters({ smoothing: Infinity }),
      '/candidates/0/parameters/smoothing must be',
    ],
    ['a metric that is none', { metric: 'luck' }, '/metric must be one of log_loss, accuracy'],
    ['no repeat', { repeats: 0 }, '/repeats must be at least 1'],
    ['no budget', { budget: undefined }, '/budget must be an object'],
  ])('refuses %s', (_, change, message) => {
    expect(() => parseSpec({ ...spec, ...change }, 'crocodile-species')).toThrow(message);
  });
});

test('a grid is every combination of its values, in order', () => {
  const grid = {
    algorithm: 'tree',
    parameters: { max_depth: [3, 9], min_rows: 2, smoothing: [0, 1] },
  } as const;
  const found = expandGrids([grid, { algorithm: 'linear', parameters: { l2: 1 } }]);
  expect(found.map(({ parameters }) => Object.values(parameters))).toEqual([
    [3, 2, 0],
    [3, 2, 1],
    [9, 2, 0],
    [9, 2, 1],
    [1],
  ]);
});

describe('loadSpec', () => {
  test('names the file of a faulty spec', async () => {
    const root = await mkdtemp(join(tmpdir(), 'gharial-spec-'));
    onTestFinished(() => rm(root, { recursive: true, force: true }));
    await mkdir(join(root, 'models', 'birds'), { recursive: true });
    await writeFile(join(root, 'models', 'birds', 'spec.ts'), 'export default { budget: {} };\n');
    await expect(loadSpec(root, 'birds')).rejects.toThrow(
      'models/birds/spec.ts: /features must be a list',
    );
    await expect(loadSpec(root, 'fish')).rejects.toThrow('no such model: fish (there are: birds)');
    await expect(loadSpec(root, '../birds')).rejects.toThrow('no such model: ../birds');
  });
});
