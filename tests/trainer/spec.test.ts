// A spec is what the trainer can rely on, or is refused with the place of its first fault.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { loadSpec } from '../../trainer/load-spec.ts';
import { parseSpec } from '../../trainer/parse-spec.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const spec = await loadSpec(ROOT, 'crocodile-species');
const { candidate } = spec;
const withParameters = (change: object) => ({
  candidate: { ...candidate, parameters: { ...candidate.parameters, ...change } },
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
    [
      'an unknown algorithm',
      { candidate: { algorithm: 'oracle' } },
      '/candidate/algorithm must be "tree"',
    ],
    [
      'no parameters',
      { candidate: { algorithm: 'tree' } },
      '/candidate/parameters must be an object',
    ],
    [
      'rows below one',
      withParameters({ min_rows: 0 }),
      '/candidate/parameters/min_rows must be at least 1',
    ],
    [
      'negative smoothing',
      withParameters({ smoothing: -1 }),
      '/candidate/parameters/smoothing must be',
    ],
    [
      'endless smoothing',
      withParameters({ smoothing: Infinity }),
      '/candidate/parameters/smoothing must be',
    ],
    ['no budget', { budget: undefined }, '/budget must be an object'],
  ])('refuses %s', (_, change, message) => {
    expect(() => parseSpec({ ...spec, ...change }, 'crocodile-species')).toThrow(message);
  });
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
