// MLflow's registry routes in the client's own words: what it asks, and the fields it reads. The client itself was tried too
// (docs/operate.md).

import { readAliases } from '#contract/registry/registry.ts';
import { retire } from '#contract/registry/life.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { ask, ORIGIN } from './ask.ts';
import { freshIsolate } from './fresh-isolate.ts';
import { manifestHash, publishTiny, registry } from './tiny-model.ts';

const MODEL = 'logged-elsewhere';

beforeAll(async () => {
  await publishTiny(MODEL);
  await publishTiny(MODEL, { seed: 2 });
  await publishTiny(MODEL, { seed: 3, promote: false });
  await publishTiny(`${MODEL}-too`);
});

const get = (path: string, query: Record<string, string> = {}): Promise<Response> =>
  ask(`/api/2.0/mlflow/${path}?${new URLSearchParams(query).toString()}`);
const answer = async <T>(path: string, query: Record<string, string> = {}): Promise<T> => {
  const response = await get(path, query);
  expect(response.status).toBe(200);
  return response.json<T>();
};

interface Version {
  name: string;
  version: string;
}

const version = {
  name: MODEL,
  current_stage: 'None',
  creation_timestamp: Date.parse('2026-01-01T00:00:00.000Z'),
  status: 'READY',
  run_id: '',
};

test('an alias leads to its version, and that to where its files are', async () => {
  const { model_version: found } = await answer<{ model_version: Version }>(
    'registered-models/alias',
    { name: MODEL, alias: 'champion' },
  );
  expect(found).toMatchObject({ ...version, version: '2', aliases: ['champion'] });
  expect(found).toMatchObject({
    tags: expect.arrayContaining([
      { key: 'manifest_sha256', value: await manifestHash(MODEL, '2') },
    ]),
  });
  const { artifact_uri } = await answer<{ artifact_uri: string }>(
    'model-versions/get-download-uri',
    { name: MODEL, version: '2' },
  );
  expect(artifact_uri).toBe(`${ORIGIN}/api/2.0/mlflow-artifacts/artifacts/${MODEL}/2`);
  expect(found).toMatchObject({ source: artifact_uri });
});

test('a model has its newest version, its aliases, and the time of its last change', async () => {
  const { registered_model: model } = await answer<{ registered_model: object }>(
    'registered-models/get',
    { name: MODEL },
  );
  expect(model).toMatchObject({
    name: MODEL,
    aliases: [{ alias: 'champion', version: '2' }],
    latest_versions: [{ ...version, version: '3', aliases: [] }],
  });
  const { model_versions } = await answer<{ model_versions: Version[] }>(
    'registered-models/get-latest-versions',
    { name: MODEL },
  );
  expect(model_versions).toMatchObject([{ version: '3' }]);
});

describe('a search', () => {
  test.each<[string, string[]]>([
    [`name='${MODEL}'`, ['3', '2', '1']],
    [`name = "${MODEL}" AND version_number = 2`, ['2']],
    [`name LIKE 'logged-else%' and version_number != '2'`, ['3', '1', '1']],
    [`name ILIKE 'LOGGED-ELSEWHERE-_OO'`, ['1']],
    [`name = 'nobody'`, []],
    [`name='${MODEL}' AND tag.\`mlflow.prompt.is_prompt\` != 'true'`, ['3', '2', '1']],
    [`name='${MODEL}' AND tags.mlflow.prompt.is_prompt = 'true'`, []],
    // A pattern of SQL is no expression.
    [`name LIKE 'logged.else.*'`, []],
  ])('for versions by %s', async (filter, versions) => {
    const { model_versions } = await answer<{ model_versions: Version[] }>(
      'model-versions/search',
      {
        filter,
      },
    );
    expect(model_versions.map((found) => found.version)).toEqual(versions);
  });

  test('for models, page by page, in the order that is asked for', async () => {
    const filter = `name LIKE '${MODEL}%'`;
    const path = 'registered-models/search';
    const page = (query: object) =>
      answer<{ registered_models: Version[]; next_page_token?: string }>(path, {
        ...{ filter, max_results: '1', order_by: 'name DESC', ...query },
      });
    const first = await page({});
    expect(first.registered_models.map(({ name }) => name)).toEqual([`${MODEL}-too`]);
    const second = await page({ page_token: first.next_page_token! });
    expect(second.registered_models.map(({ name }) => name)).toEqual([MODEL]);
    expect(second).not.toHaveProperty('next_page_token');
  });

  test.each([
    [{ filter: `run_id = 'x'` }, /^filter takes name/],
    [{ filter: `tags.algorithm = 'tree'` }, /^filter takes name/],
    [{ filter: `name = 'x' OR name = 'y'` }, /^filter takes name/],
    [{ order_by: 'creation_timestamp' }, /^order_by takes name/],
    [{ max_results: '-1' }, /^max_results takes a whole number/],
    [{ page_token: 'next' }, /^page_token takes a whole number/],
  ])('%j is refused', async (query, message) => {
    const response = await get('model-versions/search', query as Record<string, string>);
    expect(response.status).toBe(400);
    const body = await response.json<{ error_code: string; message: string }>();
    expect(body.error_code).toBe('BAD_REQUEST');
    expect(body.message).toMatch(message);
  });
});

describe('what is not there is RESOURCE_DOES_NOT_EXIST', () => {
  test.each([
    ['registered-models/get', { name: 'nobody' }],
    ['registered-models/get', { name: 'No Name' }],
    ['registered-models/alias', { name: MODEL, alias: 'nobody' }],
    ['registered-models/alias', { name: MODEL, alias: '1' }],
    ['registered-models/alias', { name: 'nobody', alias: 'champion' }],
    ['model-versions/get', { name: MODEL, version: '9' }],
    ['model-versions/get', { name: MODEL, version: '../1' }],
    ['model-versions/get-download-uri', { name: 'nobody', version: '1' }],
    ['registered-models/get-latest-versions', { name: 'nobody' }],
    ['experiments/get', { experiment_id: '0' }],
  ])('%s %j', async (path, query) => {
    const response = await get(path, query as Record<string, string>);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      error_code: 'RESOURCE_DOES_NOT_EXIST',
      message: expect.any(String),
    });
  });

  test('what would write is not taken, and says so as the client understands it', async () => {
    const before = await readAliases(registry, MODEL);
    const response = await ask('/api/2.0/mlflow/registered-models/alias', {
      method: 'POST',
      body: JSON.stringify({ name: MODEL, alias: 'champion', version: '1' }),
    });
    expect(response.status).toBe(405);
    expect(await response.json()).toMatchObject({ error_code: 'ENDPOINT_NOT_FOUND' });
    expect(await readAliases(registry, MODEL)).toEqual(before);
  });
});

test('a retired version says so', async () => {
  await retire(registry, MODEL, { version: '1', at: '2026-02-02', by: 'a test', reason: 'wrong' });
  const path = `/api/2.0/mlflow/model-versions/get?name=${MODEL}&version=1`;
  const { model_version: found } = await (
    await freshIsolate().ask(path)
  ).json<{ model_version: object }>();
  expect(found).toMatchObject({ status: 'READY', status_message: 'retired: wrong' });
});

describe('artifacts', () => {
  const place = '/api/2.0/mlflow-artifacts/artifacts';

  test('are listed with an MLmodel that loads them as ONNX, and downloaded as published', async () => {
    const listed = await ask(`${place}?path=${MODEL}/2`);
    const { files } = await listed.json<{ files: { path: string; file_size: number }[] }>();
    expect(files.map(({ path }) => path)).toEqual(['MLmodel', 'model.onnx', 'tree.json']);
    for (const { path, file_size } of files) {
      const bytes = await (await ask(`${place}/${MODEL}/2/${path}`)).arrayBuffer();
      expect(bytes.byteLength).toBe(file_size);
    }
    const text = await (await ask(`${place}/${MODEL}/2/MLmodel`)).text();
    expect(text).toContain('loader_module: mlflow.onnx');
    expect(await (await ask(`${place}?path=${MODEL}/2/model.onnx`)).json()).toEqual({ files: [] });
  });

  test.each([
    [`${place}/${MODEL}/2/holdout.json`],
    [`${place}/${MODEL}/2/manifest.json`],
    [`${place}/${MODEL}/champion/model.onnx`],
    [`${place}/nobody/1/model.onnx`],
    [`${place}?path=${MODEL}`],
    [place],
  ])('%s is not there', async (path) => {
    expect((await ask(path)).status).toBe(404);
  });
});
