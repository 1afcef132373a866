// The client against a server that is not ours, and that does as little as the protocol lets it.

import { ClientError } from '#client/client-error.ts';
import { createClient, type Client } from '#client/create-client.ts';
import type { InferInput } from '#client/infer-request.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startEchoServer, type EchoServer } from './echo-server.ts';

let server: EchoServer;
let client: Client;

beforeAll(async () => {
  server = await startEchoServer();
  client = createClient({ url: `${server.url}/`, headers: { authorization: 'Bearer k' } });
});
beforeEach(() => {
  server.seen.length = 0;
});
afterAll(() => server.stop());

/** Every datatype: what is sent, and what comes back. */
const TENSORS: readonly (readonly [name: string, input: InferInput, back: unknown])[] = [
  [
    'FP32',
    { name: 'x', data: Float32Array.of(0.1, -0, NaN, Infinity) },
    Float32Array.of(0.1, -0, NaN, Infinity),
  ],
  ['FP64', { name: 'x', data: Float64Array.of(0.1, 1e300) }, Float64Array.of(0.1, 1e300)],
  ['INT8', { name: 'x', data: Int8Array.of(-128, 127) }, Int8Array.of(-128, 127)],
  ['INT16', { name: 'x', data: Int16Array.of(-32_768, 32_767) }, Int16Array.of(-32_768, 32_767)],
  ['INT32', { name: 'x', data: Int32Array.of(-(2 ** 31), 5) }, Int32Array.of(-(2 ** 31), 5)],
  [
    'INT64 beyond 2^53',
    { name: 'x', data: BigInt64Array.of(9_007_199_254_740_993n, -(2n ** 63n)) },
    BigInt64Array.of(9_007_199_254_740_993n, -(2n ** 63n)),
  ],
  ['UINT8', { name: 'x', data: Uint8Array.of(0, 255) }, Uint8Array.of(0, 255)],
  ['UINT16', { name: 'x', data: Uint16Array.of(0, 65_535) }, Uint16Array.of(0, 65_535)],
  ['UINT32', { name: 'x', data: Uint32Array.of(0, 2 ** 32 - 1) }, Uint32Array.of(0, 2 ** 32 - 1)],
  [
    'UINT64',
    { name: 'x', data: BigUint64Array.of(2n ** 64n - 1n) },
    BigUint64Array.of(2n ** 64n - 1n),
  ],
  ['BOOL', { name: 'x', datatype: 'BOOL', data: [true, false] }, [true, false]],
  ['BYTES', { name: 'x', datatype: 'BYTES', data: ['', 'ä€😀'] }, ['', 'ä€😀']],
  [
    'FP16',
    { name: 'x', datatype: 'FP16', data: [0.5, -65_504, 1 / 3] },
    Float32Array.of(0.5, -65_504, 0.333251953125),
  ],
  [
    'an INT64 list',
    { name: 'x', datatype: 'INT64', data: [9_007_199_254_740_993n, 7] },
    BigInt64Array.of(9_007_199_254_740_993n, 7n),
  ],
  [
    'an FP32 list with a missing value',
    { name: 'x', datatype: 'FP32', data: [1, null] },
    Float32Array.of(1, NaN),
  ],
];

/** What JSON cannot say: NaN, infinities, half precision; and this server echoes no null. */
const NOT_IN_JSON = ['FP32', 'FP16', 'an FP32 list with a missing value'];
const CASES = [true, false, undefined].flatMap((binary) =>
  TENSORS.filter(([name]) => binary === true || !NOT_IN_JSON.slice(1).includes(name))
    .filter(([name]) => binary !== false || !NOT_IN_JSON.includes(name))
    .map(([name, input, back]) => ({ name, binary, input, back })),
);

test.each(CASES)('$name comes back as it was sent, binary: $binary', async (row) => {
  const options = row.binary === undefined ? {} : { binary: row.binary };
  const { outputs } = await client.infer('echo', { inputs: [row.input], ...options });
  expect(outputs.map(({ data }) => data)).toEqual([row.back]);
});

test('typed arrays travel as bytes, lists as JSON, and both in one request', async () => {
  const inputs: InferInput[] = [
    { name: 'x', data: Float32Array.of(1, 2) },
    { name: 'y', datatype: 'BYTES', data: ['a'] },
    { name: 'z', shape: [1, 2], data: Int8Array.of(3, 4) },
  ];
  const { outputs } = await client.infer('echo', { inputs });
  const [seen] = server.seen;
  expect(JSON.parse(seen!.json)).toEqual({
    parameters: { binary_data_output: true },
    inputs: [
      { name: 'x', datatype: 'FP32', shape: [2], parameters: { binary_data_size: 8 } },
      { name: 'y', datatype: 'BYTES', shape: [1], data: ['a'] },
      { name: 'z', datatype: 'INT8', shape: [1, 2], parameters: { binary_data_size: 2 } },
    ],
  });
  expect(seen!.length).toBe(seen!.json.length + 10);
  expect(outputs.map(({ name, shape }) => [name, shape])).toEqual([
    ['x', [2]],
    ['y', [1]],
    ['z', [1, 2]],
  ]);
});

test('a request with lists alone is plain JSON and asks for nothing', async () => {
  await client.infer('echo', { inputs: [{ name: 'x', datatype: 'FP32', data: [1] }] });
  const [seen] = server.seen;
  expect(seen!.headers['inference-header-content-length']).toBeUndefined();
  expect(seen!.headers['content-type']).toBe('application/json');
  expect(JSON.parse(seen!.json)).not.toHaveProperty('parameters');
});

test('id, parameters, outputs and version are sent as the protocol has them', async () => {
  const answer = await client.infer('a b', {
    inputs: [{ name: 'x', datatype: 'FP32', data: [1] }],
    outputs: ['x', { name: 'y', binary: false, classification: 3 }],
    id: 'mine',
    parameters: { priority: 2 },
    version: '7',
  });
  expect(answer.id).toBe('mine');
  expect(server.seen[0]).toMatchObject({
    method: 'POST',
    path: '/v2/models/a%20b/versions/7/infer',
  });
  expect(server.seen[0]!.headers.authorization).toBe('Bearer k');
  expect(JSON.parse(server.seen[0]!.json)).toEqual({
    id: 'mine',
    parameters: { priority: 2 },
    inputs: [{ name: 'x', datatype: 'FP32', shape: [1], data: [1] }],
    outputs: [{ name: 'x' }, { name: 'y', parameters: { binary_data: false, classification: 3 } }],
  });
});

test('an answer without an id, a version or parameters is read', async () => {
  const { id, model_version, parameters } = await client.infer('echo', {
    inputs: [{ name: 'x', datatype: 'FP32', data: [1] }],
  });
  expect({ id, model_version, parameters }).toEqual({
    id: null,
    model_version: '',
    parameters: {},
  });
});

test('an answer in JSON is read although bytes were asked for, and keeps 64-bit integers', async () => {
  const { outputs } = await client.infer('json', {
    inputs: [{ name: 'x', data: Float32Array.of(1) }],
  });
  expect(outputs[0]?.data).toEqual(BigInt64Array.of(9_007_199_254_740_993n, -1n));
  expect(outputs[1]?.data).toEqual(Float32Array.of(0.1, NaN));
});

test.each(['gzip', 'deflate'] as const)('a body packed with %s says so', async (compress) => {
  const data = new Float32Array(1_000);
  const { outputs } = await client.infer('echo', { inputs: [{ name: 'x', data }], compress });
  expect(outputs[0]?.data).toEqual(data);
  expect(server.seen[0]!.headers['content-encoding']).toBe(compress);
  expect(Number(server.seen[0]!.headers['content-length'])).toBeLessThan(1_000);
});

const WRONG: readonly (readonly [name: string, input: InferInput, says: RegExp])[] = [
  [
    'an element out of range',
    { name: 'x', datatype: 'INT8', data: [1, 300] },
    /inputs\/0\/data\/1/,
  ],
  [
    'a shape that is not the data',
    { name: 'x', shape: [2, 2], data: Float32Array.of(1) },
    /1 elements.*4/,
  ],
  ['FP16 in JSON', { name: 'x', datatype: 'FP16', data: [1] }, /no form in JSON/],
  ['a text for a number', { name: 'x', datatype: 'FP32', data: ['1'] }, /inputs\/0\/data\/0/],
];

test.each(WRONG)('%s is refused before it is sent', async (_, input, says) => {
  const call = client.infer('echo', { inputs: [input], binary: false });
  await expect(call).rejects.toThrow(says);
  await expect(call).rejects.toMatchObject({ name: 'ClientError', status: 0 });
  expect(server.seen).toEqual([]);
});

test('a missing text cannot be said in bytes', async () => {
  const inputs: InferInput[] = [{ name: 'x', datatype: 'BYTES', data: [null] }];
  await expect(client.infer('echo', { inputs, binary: true })).rejects.toThrow(/missing/);
});

test('metadata, index, statistics and configuration are read, whatever is left out', async () => {
  expect(await client.serverMetadata()).toEqual({
    name: 'echo',
    version: '1.0',
    extensions: ['binary_tensor_data'],
  });
  expect(await client.modelMetadata('echo')).toMatchObject({
    versions: [],
    inputs: [{ shape: [-1] }],
  });
  expect(await client.repositoryIndex()).toContainEqual({
    name: 'echo',
    version: '',
    state: '',
    reason: '',
  });
  expect(await client.statistics('echo')).toMatchObject([
    { inference_count: 7, execution_count: 0 },
  ]);
  expect(await client.config('echo')).toEqual({ name: 'echo', max_batch_size: 8 });
});

test('an empty 200 is live, a 400 is not ready', async () => {
  expect(await client.live()).toBe(true);
  expect(await client.ready()).toBe(false);
  expect(await client.modelReady('echo')).toBe(true);
});

test.each([
  ['unknown', 400, /unknown model at/],
  ['html', 502, /Bad gateway/],
  ['nonsense', 200, /cannot be read: \/name/],
])('model %s: one error with status %d and the server’s words', async (model, status, says) => {
  const call = client.modelMetadata(model);
  await expect(call).rejects.toThrow(says);
  await expect(call).rejects.toBeInstanceOf(ClientError);
  await expect(call).rejects.toMatchObject({
    status,
    requestId: model === 'unknown' ? 'r-1' : null,
    body: status === 200 ? '' : expect.stringMatching(says),
  });
});

test('an answer that ends too early is an error, not data', async () => {
  const call = client.infer('short', { inputs: [{ name: 'x', data: Float32Array.of(1) }] });
  await expect(call).rejects.toThrow(/cannot be read/);
});

test('a server that is not there is an error with status 0', async () => {
  const nobody = createClient({ url: 'http://127.0.0.1:9' });
  await expect(nobody.live()).rejects.toMatchObject({ name: 'ClientError', status: 0 });
  await expect(nobody.models()).rejects.toThrow(/did not answer/);
});

test('an aborted call rejects with the reason of the signal', async () => {
  const reason = new Error('changed my mind');
  const signal = AbortSignal.abort(reason);
  await expect(client.serverMetadata({ signal })).rejects.toBe(reason);
  const controller = new AbortController();
  const hanging = createClient({
    url: server.url,
    fetch: (_, init) => fetch(`${server.url}/v2/slow`, init),
  });
  const call = hanging.infer('echo', {
    inputs: [{ name: 'x', data: Float32Array.of(1) }],
    signal: controller.signal,
  });
  setTimeout(() => controller.abort(reason), 20);
  await expect(call).rejects.toBe(reason);
});
