// Models without rows: the Open Inference Protocol serves whatever tensors their files name, and the other doors say so.

import { createClient } from '#client/create-client.ts';
import type { InferInput } from '#client/infer-request.ts';
import { exports } from 'cloudflare:workers';
import { beforeAll, describe, expect, test } from 'vitest';
import digits from '../fixtures/digits.expected.json';
import mixed from '../fixtures/mixed.expected.json?raw';
import { ask, ORIGIN, predict } from './ask.ts';
import { publishTensors } from './publish-tensors.ts';

const MODELS = ['digits', 'mixed', 'every-datatype', 'by-sixes', 'long-answer'];
const client = createClient({
  url: ORIGIN,
  fetch: (url, init) => exports.default.fetch(url, init),
});

beforeAll(async () => {
  for (const name of MODELS) await publishTensors(name);
});

interface Output {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: readonly unknown[];
}

const infer = (model: string, body: BodyInit, headers: HeadersInit = {}): Promise<Response> =>
  ask(`/v2/models/${model}/infer`, { method: 'POST', body, headers });

async function outputsOf(model: string, request: object | string): Promise<readonly Output[]> {
  const body = typeof request === 'string' ? request : JSON.stringify(request);
  const response = await infer(model, body);
  expect(response.status, await response.clone().text()).toBe(200);
  return (await response.json<{ outputs: Output[] }>()).outputs;
}

function expectNear(found: ArrayLike<unknown>, expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  Array.from(found, (value, place) => expect(value).toBeCloseTo(expected[place]!, 4));
}

const [image] = digits.inputs as [(typeof digits.inputs)[number]];
const [logits, probabilities] = digits.outputs;

describe('images', () => {
  test('answer as onnxruntime on another machine does', async () => {
    const found = await outputsOf('digits', { inputs: digits.inputs });
    expect(found.map(({ name, shape }) => [name, shape])).toEqual([
      ['logits', [3, 10]],
      ['probabilities', [3, 10]],
    ]);
    expectNear(found[0]!.data, logits!.data);
    expectNear(found[1]!.data, probabilities!.data);
  });

  test('travel as bytes, and as a raw body, with the same answer', async () => {
    const data = Float32Array.from(image.data);
    const { outputs } = await client.infer('digits', { inputs: [{ ...image, data } as never] });
    const raw = await infer('digits', data, { 'inference-header-content-length': '0' });
    expect(raw.status).toBe(200);
    const length = Number(raw.headers.get('inference-header-content-length'));
    const bytes = new Uint8Array(await raw.arrayBuffer()).subarray(length);
    const again = new Float32Array(bytes.slice().buffer);
    expect([...again.subarray(0, 30)]).toEqual([...(outputs[0]!.data as Float32Array)]);
    expectNear(outputs[1]!.data, probabilities!.data);
  });

  test('are classified by name', async () => {
    const outputs = [{ name: 'probabilities', parameters: { classification: 2 } }];
    const [found] = await outputsOf('digits', { inputs: digits.inputs, outputs });
    expect(found!.shape).toEqual([3, 2]);
    const names = found!.data.map((text) => String(text).split(':').slice(1).join(':'));
    expect([names[0], names[2], names[4]]).toEqual(['0:zero', '1:one', '2:two']);
  });
});

test('texts, flags, whole numbers of every digit, a scalar, shapes that only the run decides', async () => {
  // As text: the whole numbers have more digits than a JavaScript number keeps.
  const { inputs } = /"inputs":\s*(?<inputs>\[.*\]),\s*"outputs"/s.exec(mixed)!.groups!;
  const response = await infer('mixed', `{"inputs":${inputs}}`);
  expect(response.status).toBe(200);
  const text = await response.text();
  const [kept, total, scaled] = (JSON.parse(text) as { outputs: Output[] }).outputs;
  const expected = (JSON.parse(mixed) as { outputs: Output[] }).outputs;
  expect(kept).toMatchObject({ shape: [3], data: expected[0]!.data });
  expect(total).toMatchObject({ datatype: 'INT64', shape: [1] });
  expect(text).toContain('9007199254740996');
  expect(scaled).toMatchObject({ shape: [4, 3], data: expected[2]!.data });
});

test('every datatype travels as bytes and comes back', async () => {
  const arrays = [
    ['BOOL', [true, false]],
    ['UINT8', Uint8Array.of(0, 255)],
    ['UINT16', Uint16Array.of(0, 65_535)],
    ['UINT32', Uint32Array.of(0, 4_294_967_295)],
    ['UINT64', BigUint64Array.of(0n, 18_446_744_073_709_551_615n)],
    ['INT8', Int8Array.of(-128, 127)],
    ['INT16', Int16Array.of(-32_768, 32_767)],
    ['INT32', Int32Array.of(-2_147_483_648, 2_147_483_647)],
    ['INT64', BigInt64Array.of(-9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n)],
    ['FP16', [0.5, -65_504]],
    ['FP32', Float32Array.of(0.1, -0)],
    ['FP64', Float64Array.of(0.1, 5e-324)],
    ['BYTES', ['', 'Panamá 🐊']],
  ] as const;
  const inputs = arrays.map(([datatype, data]): InferInput => ({
    name: `in_${datatype}`,
    datatype,
    shape: [1, 2],
    data,
  }));
  const { outputs } = await client.infer('every-datatype', { inputs, binary: true });
  const plain = (data: ArrayLike<unknown>) => Array.from(data, (each) => each);
  outputs.forEach(({ name, data }, index) => {
    expect(name).toBe(`out_${arrays[index]![0]}`);
    expect(plain(data), name).toEqual(plain(arrays[index]![1]));
  });
});

test('says what it takes and gives', async () => {
  const { inputs, outputs, properties } = await client.modelMetadata('digits');
  expect(inputs).toEqual([{ name: 'image', datatype: 'FP32', shape: [-1, 1, 8, 8] }]);
  expect(outputs.map(({ name }) => name)).toEqual(['logits', 'probabilities']);
  expect(properties).toMatchObject({ labels_logits: expect.stringMatching(/^zero, one/) });
  expect(await client.config('mixed')).toMatchObject({
    input: [{ name: 'words', data_type: 'TYPE_STRING', dims: [-1] }, {}, {}, { dims: [1, -1] }],
    output: [{}, { name: 'total', data_type: 'TYPE_INT64', dims: [1] }, {}],
  });
  const before = (await client.statistics('digits'))[0]!;
  await outputsOf('digits', { inputs: digits.inputs });
  const after = (await client.statistics('digits'))[0]!;
  expect(after.inference_count - before.inference_count).toBe(3);
  expect(after.execution_count - before.execution_count).toBe(1);
});

describe('the doors of rows', () => {
  test.each([
    ['predict', () => predict('digits', { rows: [{ image: 1 }] })],
    [
      'predict, streamed',
      () =>
        ask('/v1/models/digits/predict', {
          method: 'POST',
          headers: { 'content-type': 'application/x-ndjson' },
          body: '{}\n',
        }),
    ],
    [
      'explain',
      () =>
        ask('/v1/models/digits/explain', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"rows":[{}]}',
        }),
    ],
    [
      'invocations',
      () =>
        ask('/v1/models/digits/invocations', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"instances":[[1]]}',
        }),
    ],
  ])('%s names the one that is open', async (_, request) => {
    const response = await request();
    expect(response.status).toBe(400);
    const text = await response.text();
    expect(text).toContain('digits takes tensors (image) and not rows');
    expect(text).toContain('/v2/models/digits/infer');
  });

  test('the model is shown with its tensors, and described', async () => {
    const model = await (await ask('/v1/models/digits')).json();
    expect(model).toMatchObject({
      task: 'tensors',
      manifest: { signature: null, tensors: { inputs: [{ name: 'image' }] } },
    });
    const document = await ask('/v1/models/digits/openapi.json');
    expect(document.status).toBe(200);
    expect(await document.json()).toMatchObject({ openapi: '3.1.0' });
  });
});

describe('is refused where it is wrong:', () => {
  const tensor = { name: 'image', datatype: 'FP32', shape: [1, 1, 8, 8], data: Array(64).fill(0) };
  const parts = (change: object, index: number) => {
    const inputs = (JSON.parse(mixed) as { inputs: object[] }).inputs;
    return { inputs: inputs.map((each, at) => (at === index ? { ...each, ...change } : each)) };
  };
  test.each<[string, string, object, string]>([
    ['no tensor', 'digits', { inputs: [] }, '/inputs must have the tensor image'],
    [
      'another name',
      'digits',
      { inputs: [{ ...tensor, name: 'picture' }] },
      '/inputs/0/name is not an input of the model (image): picture',
    ],
    [
      'another datatype',
      'digits',
      { inputs: [{ ...tensor, datatype: 'FP64' }] },
      '/inputs/0/datatype must be FP32 for image',
    ],
    [
      'another rank',
      'digits',
      { inputs: [{ ...tensor, shape: [64] }] },
      '/inputs/0/shape must be [any, 1, 8, 8]',
    ],
    [
      'another size',
      'digits',
      { inputs: [{ ...tensor, shape: [1, 1, 4, 16] }] },
      '/inputs/0/shape/2 must be [any, 1, 8, 8]',
    ],
    [
      'no rows',
      'digits',
      { inputs: [{ ...tensor, shape: [0, 1, 8, 8], data: [] }] },
      '/inputs/0/shape/0 must not be 0',
    ],
    [
      'an unknown output',
      'digits',
      { inputs: [tensor], outputs: [{ name: 'mood' }] },
      '/outputs/0/name is not an output of the model (logits, probabilities): mood',
    ],
    [
      'classes of texts',
      'mixed',
      { ...parts({}, 9), outputs: [{ name: 'kept', parameters: { classification: 1 } }] },
      '/outputs/0/parameters/classification can be classified only',
    ],
    [
      'sizes that are not each other’s',
      'mixed',
      parts({ shape: [3], data: [true, false, true] }, 1),
      '/inputs/1/shape/0 must be 4: n is that in words',
    ],
    [
      'a missing text',
      'mixed',
      parts({ data: ['a', null, 'c', 'd'] }, 0),
      '/inputs/0/data/1 must be BYTES',
    ],
    [
      'a zero character',
      'mixed',
      parts({ data: ['a', 'b\0', 'c', 'd'] }, 0),
      '/inputs/0/data/1 must not have a zero character',
    ],
    [
      'what fails inside',
      'by-sixes',
      { inputs: [{ name: 'x', datatype: 'FP32', shape: [7], data: Array(7).fill(1) }] },
      'by-sixes cannot run on this',
    ],
    [
      'half precision in JSON',
      'every-datatype',
      { inputs: [], outputs: [{ name: 'out_FP16' }] },
      '/outputs/0 out_FP16 is FP16, which has no form in JSON',
    ],
  ])('%s', async (_, model, request, message) => {
    const response = await infer(model, JSON.stringify(request));
    expect(response.status).toBe(400);
    expect((await response.json<{ error: string }>()).error).toContain(message);
  });

  test.each([
    ['an answer that is too long', 'long-answer', 2_000_000],
    ['an answer that no memory holds', 'long-answer', 4_000_000_000],
  ])('%s, and the next one is answered', async (_, model, length) => {
    const ask = (size: number) => {
      const input = { name: 'length', datatype: 'INT64', shape: [1], data: [size] };
      return infer(model, JSON.stringify({ inputs: [input] }));
    };
    const response = await ask(length);
    expect([400, 413]).toContain(response.status);
    expect((await response.json<{ error: string }>()).error).toMatch(/./);
    expect((await ask(3)).status).toBe(200);
  });

  test('a raw body where the model has several inputs, or a shape that bytes do not settle', async () => {
    const raw = (model: string, bytes: number) =>
      infer(model, new Uint8Array(bytes), { 'inference-header-content-length': '0' });
    for (const [model, bytes, message] of [
      ['mixed', 8, 'cannot be raw binary: mixed has 4 inputs'],
      ['digits', 100, 'has 100 bytes, not a multiple of 256: image is FP32 [-1,1,8,8]'],
      ['long-answer', 16, 'has 16 bytes, not 8: length is INT64 [1]'],
    ] as const) {
      const response = await raw(model, bytes);
      expect(response.status).toBe(400);
      expect((await response.json<{ error: string }>()).error).toContain(message);
    }
  });
});
