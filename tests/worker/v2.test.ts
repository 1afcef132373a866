import { decodeElements, encodeElements } from '#contract/tensors/tensor-data.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { ask } from './ask.ts';
import { manifestHash, publishTiny } from './tiny-model.ts';

const LENGTH = 'inference-header-content-length';

beforeAll(async () => {
  await publishTiny('tensors');
});

const size = { name: 'size', datatype: 'FP32', shape: [3], data: [0.25, 1, 1] };
const kind = { name: 'kind', datatype: 'BYTES', shape: [3], data: ['a', 'a', 'b'] };
const PROBABILITIES = [1, 0, 0.5, 0.5, 0, 1];

const infer = (body: unknown, init: RequestInit = {}): Promise<Response> =>
  ask('/v2/models/tensors/infer', { method: 'POST', body: JSON.stringify(body), ...init });

interface Answer {
  outputs: { name: string; datatype: string; shape: number[]; data: unknown[] }[];
  id: string;
}

test('all outputs are answered when none is asked for, with the id of the request', async () => {
  const response = await infer({ id: 'mine', inputs: [size, kind] });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(await response.json()).toEqual({
    model_name: 'tensors',
    model_version: '1',
    id: 'mine',
    parameters: { manifest_sha256: await manifestHash('tensors', '1') },
    outputs: [
      { name: 'label', datatype: 'BYTES', shape: [3], data: ['small', 'small', 'large'] },
      { name: 'label_index', datatype: 'INT64', shape: [3], data: [0, 0, 1] },
      { name: 'probabilities', datatype: 'FP32', shape: [3, 2], data: PROBABILITIES },
    ],
  });
});

describe('the same rows give the same probabilities in every form', () => {
  const packed = [0.25, 0, 1, 0, 1, 1];
  const column = (data: unknown, shape: number[], datatype = 'FP32'): object => ({
    name: 'size',
    datatype,
    shape,
    data,
  });
  const ROWS: readonly (readonly [name: string, inputs: unknown[]])[] = [
    ['columns in another order', [kind, size]],
    ['columns of [n, 1], nested', [column([[0.25], [1], [1]], [3, 1]), kind]],
    ['columns of [n, 1], flat', [column([0.25, 1, 1], [3, 1]), kind]],
    ['FP64', [column([0.25, 1, 1], [3], 'FP64'), kind]],
    [
      'one packed tensor, flat',
      [{ name: 'features', datatype: 'FP32', shape: [3, 2], data: packed }],
    ],
    [
      'one packed tensor, nested',
      [
        {
          name: 'features',
          datatype: 'FP32',
          shape: [3, 2],
          data: [
            [0.25, 0],
            [1, 0],
            [1, 1],
          ],
        },
      ],
    ],
  ];

  test.each(ROWS)('%s', async (_, inputs) => {
    const answer = await (
      await infer({ inputs, outputs: [{ name: 'probabilities' }] })
    ).json<Answer>();
    expect(answer.outputs.map(({ name, data }) => [name, data])).toEqual([
      ['probabilities', PROBABILITIES],
    ]);
    expect(answer.id).toMatch(/^\S+$/);
  });

  test('binary, in and out, in each mixture with JSON', async () => {
    const bytesOf = {
      size: encodeElements('FP32', Float32Array.from(size.data)),
      kind: encodeElements('BYTES', kind.data),
    };
    const binary = { size: 12, kind: bytesOf.kind.length };
    for (const [sizeBinary, kindBinary] of [
      [true, true],
      [true, false],
      [false, true],
    ]) {
      const head = (tensor: typeof size | typeof kind, isBinary: boolean | undefined): object => {
        const { data, ...rest } = tensor;
        const name = tensor.name as 'size' | 'kind';
        return isBinary === true
          ? { ...rest, parameters: { binary_data_size: binary[name] } }
          : { ...rest, data };
      };
      const json = JSON.stringify({
        inputs: [head(size, sizeBinary), head(kind, kindBinary)],
        parameters: { binary_data_output: true },
        outputs: [{ name: 'probabilities' }, { name: 'label', parameters: { binary_data: false } }],
      });
      const body = new Blob([
        json,
        ...(sizeBinary ? [bytesOf.size] : []),
        ...(kindBinary ? [bytesOf.kind] : []),
      ] as BlobPart[]);
      const response = await ask('/v2/models/tensors/infer', {
        method: 'POST',
        body: await body.arrayBuffer(),
        headers: { [LENGTH]: String(json.length) },
      });
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('application/octet-stream');
      const bytes = new Uint8Array(await response.arrayBuffer());
      const length = Number(response.headers.get(LENGTH));
      const answer = JSON.parse(new TextDecoder().decode(bytes.subarray(0, length))) as {
        outputs: { name: string; parameters?: { binary_data_size: number }; data?: unknown[] }[];
      };
      expect(answer.outputs[0]).toMatchObject({ parameters: { binary_data_size: 24 } });
      expect(Array.from(decodeElements('FP32', bytes.subarray(length), 6))).toEqual(PROBABILITIES);
      expect(answer.outputs[1]).toMatchObject({ data: ['small', 'small', 'large'] });
    }
  });

  test('raw binary: the body is the packed tensor, the answer is binary too', async () => {
    const response = await ask('/v2/models/tensors/infer', {
      method: 'POST',
      body: encodeElements('FP32', Float32Array.from(packed)) as Uint8Array<ArrayBuffer>,
      headers: { [LENGTH]: '0' },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
  });

  test.each(['gzip', 'deflate'] as const)('a body packed with %s', async (coding) => {
    const body = new Blob([JSON.stringify({ inputs: [size, kind] })])
      .stream()
      .pipeThrough(new CompressionStream(coding));
    const response = await infer(null, {
      body: await new Response(body).arrayBuffer(),
      headers: { 'content-encoding': coding },
    });
    expect((await response.json<Answer>()).outputs[2]?.data).toEqual(PROBABILITIES);
  });
});

test('classification names the best classes, best first', async () => {
  const outputs = [{ name: 'probabilities', parameters: { classification: 1 } }];
  const answer = await (await infer({ inputs: [size, kind], outputs })).json<Answer>();
  expect(answer.outputs).toEqual([
    {
      name: 'probabilities',
      datatype: 'BYTES',
      shape: [3, 1],
      data: ['1:0:small', '0.5:0:small', '1:1:large'],
    },
  ]);
});

const BAD: readonly (readonly [name: string, body: unknown, says: string])[] = [
  ['no inputs', {}, '/inputs'],
  ['empty inputs', { inputs: [] }, '/inputs'],
  ['a missing input', { inputs: [size] }, 'kind'],
  ['an unknown input', { inputs: [size, kind, { ...size, name: 'colour' }] }, 'colour'],
  ['an input twice', { inputs: [size, size] }, 'twice'],
  ['an unknown datatype', { inputs: [{ ...size, datatype: 'FLOAT' }, kind] }, '/inputs/0/datatype'],
  ['FP16 in JSON', { inputs: [{ ...size, datatype: 'FP16' }, kind] }, 'FP16'],
  [
    'the wrong datatype',
    { inputs: [size, { ...kind, datatype: 'INT32', data: [1, 2, 3] }] },
    'BYTES',
  ],
  ['a shape that is not the data', { inputs: [{ ...size, shape: [4] }, kind] }, '/inputs/0/data'],
  ['a negative size', { inputs: [{ ...size, shape: [-1] }, kind] }, '/inputs/0/shape/0'],
  [
    'ragged data',
    { inputs: [{ ...size, shape: [3, 1], data: [[1], [2, 3], []] }, kind] },
    '/inputs/0/data',
  ],
  [
    'rows that disagree',
    { inputs: [size, { ...kind, shape: [2], data: ['a', 'b'] }] },
    '/inputs/1/shape',
  ],
  [
    'no rows',
    {
      inputs: [
        { ...size, shape: [0], data: [] },
        { ...kind, shape: [0], data: [] },
      ],
    },
    'row',
  ],
  ['a text for a number', { inputs: [{ ...size, data: [1, '2', 3] }, kind] }, '/inputs/0/data/1'],
  ['a null where none is taken', { inputs: [{ ...size, data: [1, null, 3] }, kind] }, 'null'],
  [
    'an INT8 out of range',
    { inputs: [{ ...size, datatype: 'INT8', data: [1, 2, 300] }, kind] },
    '/inputs/0/data/2',
  ],
  ['an unknown output', { inputs: [size, kind], outputs: [{ name: 'score' }] }, 'score'],
  ['nested parameters', { inputs: [size, kind], parameters: { a: {} } }, '/parameters/a'],
  [
    'a packed tensor of another width',
    { inputs: [{ name: 'features', datatype: 'FP32', shape: [1, 3], data: [1, 2, 3] }] },
    '[rows, 2]',
  ],
  [
    'classes of labels',
    { inputs: [size, kind], outputs: [{ name: 'label', parameters: { classification: 1 } }] },
    'class',
  ],
  [
    'binary sizes without bytes',
    { inputs: [{ ...size, data: undefined, parameters: { binary_data_size: 12 } }, kind] },
    '12',
  ],
];

test.each(BAD)('%s is 400 in the protocol’s form', async (_, body, says) => {
  const response = await infer(body);
  expect(response.status).toBe(400);
  expect(response.headers.get('content-type')).toBe('application/json');
  const answer = await response.json<{ error: string }>();
  expect(Object.keys(answer)).toEqual(['error']);
  expect(answer.error).toContain(says);
});

test.each([
  ['a header that is no number', 'x'],
  ['a header longer than the body', '100000'],
])('%s is 400', async (_, length) => {
  const response = await infer({ inputs: [size, kind] }, { headers: { [LENGTH]: length } });
  expect(response.status).toBe(400);
});

test.each([
  ['/v2/models/nobody', 404],
  ['/v2/models/tensors/versions/9', 404],
  ['/v2/models/tensors/versions/none/ready', 404],
  ['/v2/nothing', 404],
])('%s is %d in the protocol’s form', async (path, status) => {
  const response = await ask(path);
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(await response.json()).toEqual({ error: expect.any(String) });
});

test('metadata announces what infer takes and gives', async () => {
  const metadata = {
    name: 'tensors',
    versions: ['1'],
    platform: 'onnx_onnxv1',
    inputs: [
      { name: 'size', datatype: 'FP32', shape: [-1] },
      { name: 'kind', datatype: 'BYTES', shape: [-1] },
    ],
    outputs: [
      { name: 'label', datatype: 'BYTES', shape: [-1] },
      { name: 'label_index', datatype: 'INT64', shape: [-1] },
      { name: 'probabilities', datatype: 'FP32', shape: [-1, 2] },
    ],
  };
  for (const path of ['', '/versions/1', '/versions/champion'])
    expect(await (await ask(`/v2/models/tensors${path}`)).json()).toMatchObject(metadata);
});

test('server, list, readiness, configuration and statistics answer', async () => {
  for (const path of ['/v2', '/v2/'])
    expect(await (await ask(path)).json()).toMatchObject({
      name: 'gharial',
      extensions: expect.arrayContaining(['binary_tensor_data', 'classification']),
    });
  expect(await (await ask('/v2/models')).json()).toMatchObject({
    models: expect.arrayContaining(['tensors']),
  });
  expect((await ask('/v2/models/tensors/ready')).status).toBe(200);
  expect(await (await ask('/v2/models/tensors/versions/1/config')).json()).toMatchObject({
    name: 'tensors',
    input: [{ name: 'size', data_type: 'TYPE_FP32', dims: [-1] }, { data_type: 'TYPE_STRING' }],
  });
  const count = async (): Promise<number> =>
    (
      await (
        await ask('/v2/models/tensors/stats')
      ).json<{
        model_stats: { inference_count: number }[];
      }>()
    ).model_stats[0]!.inference_count;
  const before = await count();
  await infer({ inputs: [size, kind] });
  expect(await count()).toBe(before + 3);
});

test('the repository index tells which versions can serve', async () => {
  const index = await ask('/v2/repository/index', { method: 'POST', body: '{"ready":true}' });
  expect(await index.json()).toContainEqual({
    name: 'tensors',
    version: '1',
    state: 'READY',
    reason: '',
  });
  expect((await ask('/v2/repository/index', { method: 'POST' })).status).toBe(200);
});
