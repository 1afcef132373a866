// The client against this product: every call, and both directions of every form.

import { createClient } from '#client/create-client.ts';
import { exports } from 'cloudflare:workers';
import { beforeAll, describe, expect, test } from 'vitest';
import { ORIGIN } from './ask.ts';
import { publishTiny } from './tiny-model.ts';

const client = createClient({
  url: ORIGIN,
  fetch: (url, init) => exports.default.fetch(url, init),
});

beforeAll(async () => {
  await publishTiny('typed');
});

const rows = [
  { size: 0.25, kind: 'a' },
  { size: 1, kind: 'a' },
  { size: 1, kind: 'b' },
];
const size = { name: 'size', data: Float32Array.from(rows, (row) => row.size) };
const kind = { name: 'kind', datatype: 'BYTES', data: rows.map((row) => row.kind) } as const;
const packed = { name: 'features', shape: [3, 2], data: Float32Array.of(0.25, 0, 1, 0, 1, 1) };
const PROBABILITIES = Float32Array.of(1, 0, 0.5, 0.5, 0, 1);

test('server, models, metadata, index, statistics and configuration', async () => {
  expect(await client.live()).toBe(true);
  expect(await client.ready()).toBe(true);
  expect((await client.serverMetadata()).extensions).toContain('binary_tensor_data');
  expect(await client.models()).toContain('typed');
  expect(await client.modelReady('typed', { version: 'champion' })).toBe(true);
  const { inputs, outputs } = await client.modelMetadata('typed', { version: '1' });
  expect(inputs.map(({ name }) => name)).toEqual(['size', 'kind']);
  expect(outputs.map(({ datatype }) => datatype)).toEqual(['BYTES', 'INT64', 'FP32']);
  const entry = { name: 'typed', version: '1', state: 'READY', reason: '' };
  expect(await client.repositoryIndex({ ready: true })).toContainEqual(entry);
  expect((await client.statistics('typed'))[0]).toMatchObject({ name: 'typed', version: '1' });
  expect(await client.config('typed')).toMatchObject({ backend: 'onnxruntime' });
});

describe.each([
  ['columns', [size, kind]],
  ['one packed tensor', [packed]],
] as const)('%s', (_, inputs) => {
  test.each([
    {},
    { binary: true },
    { binary: false },
    { compress: 'gzip' },
    { compress: 'deflate', binary: true },
    { version: '1' },
  ] as const)('%j gives labels, indices and probabilities', async (options) => {
    const answer = await client.infer('typed', { inputs, ...options });
    expect(answer.outputs.map(({ data }) => data)).toEqual([
      ['small', 'small', 'large'],
      BigInt64Array.of(0n, 0n, 1n),
      PROBABILITIES,
    ]);
    expect(answer).toMatchObject({ model_name: 'typed', model_version: '1' });
    expect(answer.id).toMatch(/./);
  });
});

test('classification and one output in JSON beside another in bytes', async () => {
  const { outputs } = await client.infer('typed', {
    inputs: [packed],
    outputs: [
      { name: 'probabilities', classification: 1 },
      { name: 'label', binary: false },
    ],
  });
  expect(outputs.map(({ data }) => data)).toEqual([
    ['1:0:small', '0.5:0:small', '1:1:large'],
    ['small', 'small', 'large'],
  ]);
});

test('a refusal is one error with the status and the words of the server', async () => {
  const wrong = client.infer('typed', { inputs: [size] });
  await expect(wrong).rejects.toMatchObject({ name: 'ClientError', status: 400 });
  await expect(wrong).rejects.toThrow(/kind/);
  await expect(client.modelMetadata('nobody')).rejects.toMatchObject({ status: 404 });
  await expect(client.predict('typed', [])).rejects.toThrow(/at least one row/);
  const stream = client.predictStream('nobody', rows);
  await expect(stream.next()).rejects.toMatchObject({ status: 404 });
});

test('predict answers rows with the contract’s response', async () => {
  const { predictions, model_version } = await client.predict('typed', rows);
  expect(model_version).toBe('1');
  expect(predictions[2]).toEqual({
    label: 'large',
    probability: 1,
    probabilities: { small: 0, large: 1 },
  });
});

test('rows stream in and answers stream out, in order, bad ones named', async () => {
  async function* source(): AsyncGenerator<(typeof rows)[number]> {
    for (let index = 0; index < 2_000; index++) {
      const bad = index === 1_000 ? { size: 'x' } : {};
      yield { ...rows[index % 3], ...bad } as (typeof rows)[number];
    }
  }
  let count = 0;
  for await (const answer of client.predictStream('typed', source())) {
    count++;
    expect(answer.row).toBe(count);
    if (count === 1_001) expect(answer).toMatchObject({ error: { status: 400 } });
    else expect(answer).toMatchObject({ label: count % 3 === 0 ? 'large' : 'small' });
  }
  expect(count).toBe(2_000);
});

test('a row that comes slowly is answered before the next one comes', async () => {
  let answered = 0;
  async function* source(): AsyncGenerator<(typeof rows)[number]> {
    for (let index = 0; index < 5; index++) {
      await expect.poll(() => answered, { timeout: 5_000 }).toBe(index);
      yield rows[index % 3]!;
    }
  }
  for await (const { row } of client.predictStream('typed', source())) answered = row;
  expect(answered).toBe(5);
});

test('leaving the loop early stops asking for rows', async () => {
  let made = 0;
  let ended = false;
  function* source(): Generator<(typeof rows)[number]> {
    try {
      for (; ; made++) yield rows[0]!;
    } finally {
      ended = true;
    }
  }
  for await (const answer of client.predictStream('typed', source())) if (answer.row === 3) break;
  await expect.poll(() => ended, { timeout: 5_000 }).toBe(true);
  expect(made).toBeLessThan(1_000_000);
});
