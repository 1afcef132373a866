// Features that are not one number each, through every door: a boolean, and a day that is three values of a row.
//
//   weekday < 6, pool < ½  → small 1            weekday ≥ 6 (or no day) → large 1
//   weekday < 6, pool ≥ ½  → small ½, large ½   (a pool that is not known is ≥ ½)

import type { TabularDraft } from '#contract/manifest.ts';
import { promote, publish } from '#contract/registry/registry.ts';
import type { Signature } from '#contract/signature.ts';
import { encodeElements } from '#contract/tensors/tensor-data.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { ask, predict } from './ask.ts';
import { registry } from './tiny-model.ts';

/** Written by trainer/convert/convert.ts from the tree above. */
const ONNX = [
  'CAgSB2doYXJpYWwaBTAuMS4wOsAECvgDCghmZWF0dXJlcxINcHJvYmFiaWxpdGllcxoFdHJlZXMiFVRyZWVFbnNlbW',
  'JsZVJlZ3Jlc3NvciocChJhZ2dyZWdhdGVfZnVuY3Rpb24iA1NVTaABAyoQCgluX3RhcmdldHMYAqABAioeChJub2Rl',
  'c19mYWxzZW5vZGVpZHNCBQQDAAAAoAEHKhwKEG5vZGVzX2ZlYXR1cmVpZHNCBQMAAAAAoAEHKjgKC25vZGVzX21vZG',
  'VzSglCUkFOQ0hfTFRKCUJSQU5DSF9MVEoETEVBRkoETEVBRkoETEVBRqABCCoZCg1ub2Rlc19ub2RlaWRzQgUAAQID',
  'BKABByoZCg1ub2Rlc190cmVlaWRzQgUAAAAAAKABByodChFub2Rlc190cnVlbm9kZWlkc0IFAQIAAACgAQcqJwoMbm',
  '9kZXNfdmFsdWVzOhQAAMBAAAAAPwAAAAAAAAAAAAAAAKABBioZCg5wb3N0X3RyYW5zZm9ybSIETk9ORaABAyoVCgp0',
  'YXJnZXRfaWRzQgQAAAEBoAEHKhkKDnRhcmdldF9ub2RlaWRzQgQCAwMEoAEHKhkKDnRhcmdldF90cmVlaWRzQgQAAA',
  'AAoAEHKiUKDnRhcmdldF93ZWlnaHRzOhAAAIA/AAAAPwAAAD8AAIA/oAEGOgphaS5vbm54Lm1sEgRkYXlzWhsKCGZl',
  'YXR1cmVzEg8KDQgBEgkKAxIBTgoCCARiIAoNcHJvYmFiaWxpdGllcxIPCg0IARIJCgMSAU4KAggCQg4KCmFpLm9ubn',
  'gubWwQA3IPCgVtb2RlbBIGImRheXMichUKCGZlYXR1cmVzEglbMCwwLDAsMF1yEQoGdGFyZ2V0EgciY2xhc3MichsK',
  'BmxhYmVscxIRWyJzbWFsbCIsImxhcmdlIl0=',
].join('');

const signature: Signature = {
  features: [
    { type: 'boolean', name: 'pool', column: 'Pool', description: 'Has a pool.', nullable: true },
    {
      type: 'date',
      name: 'sold',
      column: 'Sold on',
      description: 'Day of the sale.',
      nullable: true,
      minimum: '2020-01-01',
      maximum: '2024-12-31',
    },
  ],
  target: { type: 'category', name: 'class', column: 'Class', labels: ['small', 'large'] },
};

beforeAll(async () => {
  const draft: TabularDraft = {
    format_version: 1,
    model: 'days',
    title: 'Days',
    description: 'A boolean and a day.',
    task: 'classification',
    signature,
    tensors: {
      inputs: [{ name: 'features', datatype: 'FP32', shape: [-1, 4] }],
      outputs: [{ name: 'probabilities', datatype: 'FP32', shape: [-1, 2] }],
    },
    examples: [{ row: { pool: true, sold: '2024-02-29' }, target: 'small' }],
    data: { dataset: 'days', sha256: '0'.repeat(64), rows: 4, source: 'made for a test' },
    training: { algorithm: 'tree', parameters: {}, seed: 1, code_commit: null, tools: {} },
    metrics: { folds: 2, model: {}, dummy: {}, permutation_importance: {} },
    parity: { rows: 0, label_differences: 0, max_difference: 0 },
    created_at: '2026-01-01T00:00:00.000Z',
  };
  const onnx = Uint8Array.from(atob(ONNX), (character) => character.charCodeAt(0));
  await publish(registry, draft, { 'model.onnx': onnx });
  const [at, by] = ['2026-01-01T00:00:00.000Z', 'a test'];
  await promote(registry, 'days', { alias: 'champion', to: '1', at, by, reason: 'to be asked' });
});

/** A Thursday, a Saturday, and what they are encoded as. */
const ROWS = [
  { pool: false, sold: '2024-02-29', label: 'small', probability: 1, encoded: [0, 2024, 2, 4] },
  { pool: true, sold: '2024-02-29', label: 'small', probability: 0.5, encoded: [1, 2024, 2, 4] },
  { pool: false, sold: '2024-03-02', label: 'large', probability: 1, encoded: [0, 2024, 3, 6] },
];
const labels = ROWS.map(({ label }) => label);

const infer = (inputs: readonly object[]): Promise<Response> =>
  ask('/v2/models/days/infer', {
    method: 'POST',
    body: JSON.stringify({ inputs, outputs: [{ name: 'label' }] }),
  });

async function labelsOf(response: Response): Promise<unknown> {
  const { outputs } = await response.json<{ outputs: { data: unknown }[] }>();
  return outputs[0]?.data;
}

describe('/v1', () => {
  test.each(ROWS)('$pool, $sold is $label', async ({ pool, sold, label, probability }) => {
    const response = await predict('days', { rows: [{ pool, sold }] });
    expect(await response.json()).toMatchObject({ predictions: [{ label, probability }] });
  });

  test('what is not known is null', async () => {
    const response = await predict('days', { rows: [{ pool: null, sold: null }] });
    expect(await response.json()).toMatchObject({ predictions: [{ label: 'large' }] });
  });

  test('every fault has its place', async () => {
    const rows = [
      { pool: 'yes', sold: '2024-02-30' },
      { pool: 1, sold: '29.02.2024' },
    ];
    const response = await predict('days', { rows });
    expect(response.status).toBe(400);
    const day = 'must be a day of the calendar as YYYY-MM-DD';
    expect((await response.json<{ errors: unknown[] }>()).errors).toEqual([
      { pointer: '/rows/0/pool', detail: 'must be true or false, not a string' },
      { pointer: '/rows/0/sold', detail: day },
      { pointer: '/rows/1/pool', detail: 'must be true or false, not a number' },
      { pointer: '/rows/1/sold', detail: day },
    ]);
  });

  test('a day after all of the training’s is answered with a warning', async () => {
    const response = await predict('days', { rows: [{ pool: true, sold: '2031-01-01' }] });
    expect(await response.json()).toMatchObject({
      warnings: [{ code: 'out_of_range', pointer: '/rows/0/sold' }],
    });
  });

  test('cells of a CSV are read as JSON’s values are', async () => {
    const cells = ROWS.map(({ sold, pool }) => `${sold},${pool ? 'Yes' : '0'}`);
    const response = await ask('/v1/models/days/predict', {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: ['Sold on,pool', ...cells, ',', ''].join('\n'),
    });
    const [, ...lines] = (await response.text()).trim().split('\r\n');
    expect(lines.map((line) => line.split(',')[1])).toEqual([...labels, 'large']);
  });
});

describe('/v2', () => {
  test('announces a BOOL, a BYTES, and how wide a packed row is', async () => {
    expect(await (await ask('/v2/models/days')).json()).toMatchObject({
      inputs: [
        { name: 'pool', datatype: 'BOOL', shape: [-1] },
        { name: 'sold', datatype: 'BYTES', shape: [-1] },
      ],
      properties: { packed_shape: '[-1, 4]' },
    });
  });

  test('columns in JSON', async () => {
    const response = await infer([
      { name: 'sold', datatype: 'BYTES', shape: [3, 1], data: ROWS.map(({ sold }) => sold) },
      { name: 'pool', datatype: 'BOOL', shape: [3, 1], data: ROWS.map(({ pool }) => pool) },
    ]);
    expect(await labelsOf(response)).toEqual(labels);
  });

  test('columns in the binary extension', async () => {
    const pools = ROWS.map(({ pool }) => pool);
    const days = ROWS.map(({ sold }) => sold);
    const tensors = [
      { name: 'pool', datatype: 'BOOL', bytes: encodeElements('BOOL', pools) },
      { name: 'sold', datatype: 'BYTES', bytes: encodeElements('BYTES', days) },
    ];
    const inputs = tensors.map(({ name, datatype, bytes }) => {
      return { name, datatype, shape: [3], parameters: { binary_data_size: bytes.length } };
    });
    const outputs = [{ name: 'label', parameters: { binary_data: false } }];
    const header = new TextEncoder().encode(JSON.stringify({ inputs, outputs }));
    const parts = [header, ...tensors.map(({ bytes }) => bytes)];
    const response = await ask('/v2/models/days/infer', {
      method: 'POST',
      headers: { 'inference-header-content-length': String(header.length) },
      body: Uint8Array.from(parts.flatMap((part) => [...part])),
    });
    expect(await labelsOf(response)).toEqual(labels);
  });

  test('packed rows', async () => {
    const data = ROWS.map(({ encoded }) => encoded);
    const packed = { name: 'features', datatype: 'FP32', shape: [3, 4], data };
    expect(await labelsOf(await infer([packed]))).toEqual(labels);
  });

  test.each([
    ['pool', 'FP32', [1], 'must be BOOL for pool'],
    ['sold', 'FP32', [2024], 'must be BYTES for sold'],
  ])('%s as %s is refused', async (name, datatype, data, message) => {
    const sound = [
      { name: 'pool', datatype: 'BOOL', shape: [1], data: [true] },
      { name: 'sold', datatype: 'BYTES', shape: [1], data: ['2024-02-29'] },
    ].filter((input) => input.name !== name);
    const response = await infer([...sound, { name, datatype, shape: [1], data }]);
    expect(response.status).toBe(400);
    expect((await response.json<{ error: string }>()).error).toContain(message);
  });
});

test('MLflow’s door takes the same rows as records and as CSV', async () => {
  const records = ROWS.map(({ pool, sold }) => ({ pool, sold }));
  const lines = ['pool,sold', ...records.map(({ pool, sold }) => `${pool},${sold}`), ''];
  const bodies = [
    ['application/json', JSON.stringify({ dataframe_records: records })],
    ['text/csv', lines.join('\n')],
  ] as const;
  for (const [type, body] of bodies) {
    const headers = { 'content-type': type };
    const response = await ask('/v1/models/days/invocations', { method: 'POST', headers, body });
    expect(await response.json()).toMatchObject({ predictions: labels });
  }
});

test('the OpenAPI document says what a boolean and a day are', async () => {
  const document = JSON.stringify(await (await ask('/v1/models/days/openapi.json')).json());
  expect(document).toContain('"type":["boolean","null"]');
  expect(document).toContain('"format":"date"');
  expect(document).toContain('[1,2024,2,4]');
});
