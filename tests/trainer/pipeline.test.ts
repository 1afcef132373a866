// The pipeline on another person's table, of another shape: a number to predict, empty cells, a category named by text.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { storeRaw } from '#data/versions/raw-store.ts';
import type { DatasetSchema } from '#contract/schema.ts';
import type { ModelSpec } from '#contract/spec.ts';
import type { ObjectStore } from '#contract/registry/object-store.ts';
import { readFile } from '#contract/registry/registry.ts';
import type * as converter from '../../trainer/convert/convert.ts';
import { train, type TrainOptions } from '../../trainer/pipeline.ts';
import { createRandom } from '../../trainer/table/random.ts';
import type { RunStage } from '../../trainer/stages.ts';
import { memoryStore, recording } from '../contract/stores.ts';

const breaking = vi.hoisted(() => ({ now: false }));

// A converter that can be made to get every leaf wrong.
vi.mock('../../trainer/convert/convert.ts', async (load) => {
  const actual = await load<typeof converter>();
  const convert: typeof actual.convert = (ensemble, options) =>
    actual.convert({ ...ensemble, base_values: [breaking.now ? 1 : 0] }, options);
  return { ...actual, convert };
});

const SCHEMA: DatasetSchema = {
  dataset: 'eggs',
  title: 'Eggs',
  description: 'Made-up eggs.',
  source: 'a test',
  licence: 'CC0',
  columns: [
    {
      name: 'Length (mm)',
      type: 'number',
      unit: 'mm',
      minimum: 1,
      maximum: 200,
      nullable: true,
      description: 'Length',
    },
    {
      name: 'Nest',
      type: 'category',
      categories: null,
      nullable: true,
      description: 'Kind of nest',
    },
    { name: 'Mass (g)', type: 'number', unit: 'g', minimum: 0, maximum: 2000, description: 'Mass' },
  ],
};

const SPEC: ModelSpec = {
  model: 'egg-mass',
  title: 'Egg mass',
  description: 'The mass of an egg.',
  dataset: 'eggs',
  target: 'Mass (g)',
  features: ['Length (mm)', 'Nest'],
  seed: 3,
  folds: 4,
  candidates: [
    { algorithm: 'tree', parameters: { max_depth: 12, min_rows: 4, smoothing: 1 } },
    { algorithm: 'linear', parameters: { l2: [1000, 1] } },
  ],
  budget: { nodes: 500, bytes: 50_000 },
};

let dataRoot: string;

beforeAll(async () => {
  dataRoot = await mkdtemp(join(tmpdir(), 'gharial-eggs-'));
  await mkdir(join(dataRoot, 'eggs'));
  await writeFile(
    join(dataRoot, 'eggs', 'schema.ts'),
    `export default ${JSON.stringify(SCHEMA)};\n`,
  );
  const bytes = new TextEncoder().encode(eggs(240));
  await storeRaw(
    dataRoot,
    'eggs',
    { bytes, name: 'eggs.csv', source: 'a test', synthetic: true },
    240,
  );
});
afterAll(() => rm(dataRoot, { recursive: true, force: true }));

/** Mass grows with the cube of the length; eggs in mounds are heavier. Some cells are empty. */
function eggs(count: number): string {
  const random = createRandom(1, 'eggs');
  const lines = Array.from({ length: count }, () => {
    const length = 20 + random.next() * 80;
    const nest = ['mound', 'hole', 'tree, hollow'][random.below(3)]!;
    const mass = (length / 20) ** 3 * (nest === 'mound' ? 1.6 : 1) + random.next();
    const [noLength, noNest] = [random.next() < 0.05, random.next() < 0.05];
    return `${noLength ? '' : length.toFixed(1)},${noNest ? '' : `"${nest}"`},${mass.toFixed(2)}`;
  });
  return ['Length (mm),Nest,Mass (g)', ...lines, ''].join('\n');
}

const silently: RunStage = async (_name, work) => work(() => undefined);

const optionsOf = (store: ObjectStore = memoryStore()): TrainOptions => ({
  dataRoot,
  store,
  provenance: { codeCommit: null, tools: { gharial: '0.1.0', node: '24' } },
  parityRows: 3000,
  threads: 1,
  isCurveAsked: true,
  createdAt: new Date('2026-05-06T07:08:09Z'),
  stage: silently,
});

test('a table that no part was written for becomes a version', async () => {
  const options = optionsOf();
  const { manifest, champion } = await train(SPEC, options);
  expect(champion).toBe('1');
  expect(manifest).toMatchObject({
    task: 'regression',
    created_at: '2026-05-06T07:08:09.000Z',
    parity: { rows: 3240, label_differences: 0, max_difference: 0 },
    tensors: { outputs: [{ name: 'value', shape: [-1, 1] }] },
    signature: {
      features: [
        { name: 'length_mm', nullable: true },
        { name: 'nest', nullable: true, categories: expect.arrayContaining(['tree, hollow']) },
      ],
      target: { type: 'number', name: 'mass_g', unit: 'g' },
    },
  });
  expect(manifest.metrics.model.r2!.mean).toBeGreaterThan(0.8);
  expect(manifest.metrics.dummy.r2!.mean).toBeLessThan(0.05);
  expect(manifest.metrics.model.rmse!.mean).toBeLessThan(manifest.metrics.dummy.rmse!.mean / 2);
  expect(manifest.metrics).not.toHaveProperty('confusion_matrix');
  const bins = manifest.metrics.answer_bins!;
  expect(bins.reduce((sum, { rows }) => sum + rows, 0)).toBe(240);
  const { metric, points } = manifest.metrics.learning_curve!;
  expect({ metric, rows: points.map(({ rows }) => rows) }).toEqual({
    metric: 'rmse',
    rows: [24, 48, 92, 180],
  });
  expect(points[0]!.score.mean).toBeGreaterThan(points.at(-1)!.score.mean);
  const { length_mm, nest } = manifest.metrics.permutation_importance;
  expect(length_mm!.mean).toBeGreaterThan(nest!.mean);
  expect(nest!.mean).toBeGreaterThan(0);
  const card = new TextDecoder().decode(await readFile(options.store, manifest, 'README.md'));
  expect(card).toContain('pipeline_tag: tabular-regression');
  expect(card).not.toMatch(/undefined|NaN ±|\[object/);
});

test('a model whose ONNX file answers otherwise is not published', async () => {
  const { store, puts } = recording(memoryStore());
  breaking.now = true;
  try {
    await expect(train(SPEC, optionsOf(store))).rejects.toThrow('parity broken at [');
  } finally {
    breaking.now = false;
  }
  expect(puts).toEqual([]);
});

test('candidates are tried, and the one that did best on unseen rows is fitted on all', async () => {
  const { manifest } = await train(SPEC, optionsOf());
  expect(manifest.training).toMatchObject({
    algorithm: 'tree',
    parameters: { max_depth: 12, min_rows: 4, smoothing: 1 },
  });
  const { selection } = manifest.metrics;
  expect(selection).toMatchObject({ metric: 'rmse', inner_folds: 3, repeats: 1 });
  expect(
    selection!.candidates.map(({ algorithm, parameters }) => [algorithm, parameters.l2]),
  ).toEqual([
    ['tree', undefined],
    ['linear', 1],
    ['linear', 1000],
  ]);
  const means = selection!.candidates.map(({ score }) => score.mean);
  expect(means).toEqual([...means].sort((a, b) => a - b));
});

test('two threads find what one does', async () => {
  const [one, two] = [optionsOf(), { ...optionsOf(), threads: 2 }];
  const { manifest } = await train(SPEC, one);
  expect((await train(SPEC, two)).manifest).toEqual(manifest);
});

test('a candidate that is larger than the budget gives way to the next', async () => {
  const tight = { ...SPEC, budget: { nodes: 5, bytes: 50_000 } };
  const { manifest } = await train(tight, optionsOf());
  expect(manifest.training).toMatchObject({ algorithm: 'linear', parameters: { l2: 1 } });
  expect(manifest.metrics.selection!.candidates.at(-1)).toMatchObject({
    algorithm: 'tree',
    refused: expect.stringMatching(/^over budget: \d+ nodes > 5$/),
  });
});

test('nothing is published when no candidate fits the budget: the error names each', async () => {
  const { store, puts } = recording(memoryStore());
  const [tree] = SPEC.candidates;
  const tight = { ...SPEC, candidates: [tree!], budget: { nodes: 5, bytes: 50_000 } };
  await expect(train(tight, optionsOf(store))).rejects.toThrow(
    /^no candidate can be published: tree, max_depth 12, min_rows 4, smoothing 1: over budget: \d+ nodes > 5$/,
  );
  const thin = { ...SPEC, budget: { nodes: 500, bytes: 100 } };
  await expect(train(thin, optionsOf(store))).rejects.toThrow(
    /linear, l2 1: over budget: \d+ bytes > 100; linear, l2 1000: over budget: \d+ bytes > 100$/,
  );
  expect(puts).toEqual([]);
});
