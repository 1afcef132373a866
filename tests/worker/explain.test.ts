// Why a prediction is what it is: POST …/explain. The tiny model's Shapley values are worked out by hand:
//
//   of large, for {size 1, kind b}: nothing known 0.375, size known 0.75, kind known 0.5, both known 1

import { blobKey } from '#contract/registry/keys.ts';
import type { ExplainResponse } from '#contract/explain/answer.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { ask } from './ask.ts';
import { bucket, publishTiny, TINY_TREES, manifestHash } from './tiny-model.ts';

beforeAll(async () => {
  await publishTiny('explained');
  await publishTiny('explained', { seed: 2, promote: false });
  await publishTiny('opaque', { trees: null });
});

const explain = (model: string, body: unknown): Promise<Response> =>
  ask(`/v1/models/${model}/explain`, { method: 'POST', body: JSON.stringify(body) });

const row = { size: 1, kind: 'b' };

test('a row: prediction, base value, contributions by size, and the path', async () => {
  const response = await explain('explained', { rows: [row] });
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    model_name: 'explained',
    model_version: '1',
    manifest_sha256: await manifestHash('explained', '1'),
    id: response.headers.get('x-request-id'),
    space: 'probability',
    explanations: [
      {
        prediction: { label: 'large', probability: 1, probabilities: { small: 0, large: 1 } },
        label: 'large',
        base_value: 0.375,
        output: 1,
        contributions: [
          { feature: 'size', value: 1, contribution: 0.4375 },
          { feature: 'kind', value: 'b', contribution: 0.1875 },
        ],
        path: [
          { feature: 'size', relation: '≥', threshold: 0.5, branch: 'right', rows: 2 },
          { feature: 'kind', relation: 'is', category: 'b', branch: 'right', rows: 1 },
        ],
      },
    ],
  });
});

test('base value and contributions add up to what predict answers, for every label', async () => {
  const rows = [0, 0.5, 2].flatMap((size) => ['a', 'b', null, 'c'].map((kind) => ({ size, kind })));
  for (const label of ['small', 'large']) {
    const answer = await (await explain('explained', { rows, label })).json<ExplainResponse>();
    expect(answer.explanations).toHaveLength(rows.length);
    for (const { base_value, contributions, output, prediction } of answer.explanations) {
      const sum = contributions.reduce((total, part) => total + part.contribution, base_value);
      expect(sum).toBeCloseTo(output, 6);
      expect('probabilities' in prediction && prediction.probabilities[label]).toBeCloseTo(output);
    }
  }
});

test('the label asked for is explained, and not the likeliest', async () => {
  const answer = await explain('explained', { rows: [row], label: 'small' });
  const [explanation] = (await answer.json<ExplainResponse>()).explanations;
  expect(explanation).toMatchObject({ label: 'small', base_value: 0.625, output: 0 });
  expect(explanation?.contributions[0]?.contribution).toBe(-0.4375);
});

test('top lists the strongest features, the others together', async () => {
  const answer = await explain('explained', { rows: [row], top: 1 });
  expect((await answer.json<ExplainResponse>()).explanations[0]).toMatchObject({
    contributions: [{ feature: 'size', value: 1, contribution: 0.4375 }],
    others: { features: 1, contribution: 0.1875 },
  });
});

test('values come back as they were sent, with a warning where the model never saw their like', async () => {
  const answer = await (
    await explain('explained', { rows: [{ size: 1.1, kind: 'c' }] })
  ).json<ExplainResponse>();
  const values = answer.explanations[0]?.contributions.map(({ feature, value }) => [
    feature,
    value,
  ]);
  expect(Object.fromEntries(values ?? [])).toEqual({ size: 1.1, kind: 'c' });
  expect(answer.warnings).toMatchObject([{ code: 'unknown_category', pointer: '/rows/0/kind' }]);
});

test('one version is explained by its own address, or by an alias', async () => {
  for (const [version, number] of [
    ['2', '2'],
    ['champion', '1'],
  ]) {
    const response = await ask(`/v1/models/explained/versions/${version}/explain`, {
      method: 'POST',
      body: JSON.stringify({ rows: [row] }),
    });
    expect(await response.json()).toMatchObject({ model_version: number });
  }
});

describe('what cannot be explained', () => {
  test.each([
    ['nobody', { rows: [row] }, 404, '/problems/unknown-model'],
    ['opaque', { rows: [row] }, 404, '/problems/no-explanation'],
    ['explained', [], 400, '/problems/invalid-request'],
    ['explained', { rows: new Array(101).fill(row) }, 413, '/problems/too-large'],
  ])('%s: %j', async (model, body, status, type) => {
    const response = await explain(model, body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ type, status });
  });

  test.each([
    [{}, '/rows is missing'],
    [{ rows: {} }, '/rows must be a list'],
    [{ rows: [] }, '/rows must have at least one row'],
    [{ rows: [{ size: 1 }] }, '/rows/0/kind is missing'],
    [{ rows: [row], columns: {} }, '/columns is not known here'],
    [{ rows: [row], label: 'huge' }, '/label is not a label of this model'],
    [{ rows: [row], label: 1 }, '/label must be a string'],
    [{ rows: [row], top: 0 }, '/top must be a number of features'],
    [{ rows: [row], top: '1' }, '/top must be a number of features'],
    [{ rows: [row], top: 1.5 }, '/top must be a number of features'],
  ])('%j: %s', async (body, detail) => {
    const response = await explain('explained', body);
    expect(response.status).toBe(400);
    expect((await response.json<{ detail: string }>()).detail).toContain(detail);
  });
});

describe('trees that cannot be used are a 503 that says why, while predictions go on', () => {
  test.each([
    ['broken', '{', 'is not JSON'],
    ['narrow', TINY_TREES.replace('"outputs":2', '"outputs":1'), '/base_values must have 1 values'],
    ['foreign', TINY_TREES.replace('[0,0,1,0,0]', '[0,0,7,0,0]'), 'no such value of a row: 7'],
  ])('%s', async (model, trees, detail) => {
    await publishTiny(model, { trees });
    const response = await explain(model, { rows: [row] });
    expect(response.status).toBe(503);
    expect((await response.json<{ detail: string }>()).detail).toContain(detail);
    const prediction = await ask(`/v1/models/${model}/predict`, {
      method: 'POST',
      body: JSON.stringify({ rows: [row] }),
    });
    expect(prediction.status).toBe(200);
  });

  test('other bytes than the manifest says', async () => {
    const { manifest } = await publishTiny('swapped');
    await bucket.put(blobKey('swapped', manifest.files['tree.json']!.sha256), TINY_TREES + ' ');
    const response = await explain('swapped', { rows: [row] });
    expect(response.status).toBe(503);
    expect((await response.json<{ detail: string }>()).detail).toContain('hash');
  });
});
