import { beforeAll, describe, expect, test } from 'vitest';
import { ask } from './ask.ts';
import { publishTiny } from './tiny-model.ts';

beforeAll(async () => {
  await publishTiny('flow');
});

const invoke = (body: unknown, type = 'application/json'): Promise<Response> =>
  ask('/v1/models/flow/invocations', {
    method: 'POST',
    headers: { 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const rows = [
  { size: 0.25, kind: 'a' },
  { size: 1, kind: 'a' },
  { size: 1, kind: 'b' },
];
const data = rows.map(({ size, kind }) => [size, kind]);
const columns = { size: [0.25, 1, 1], kind: ['a', 'a', 'b'] };

const FORMS: readonly (readonly [name: string, body: unknown, type?: string])[] = [
  ['dataframe_split', { dataframe_split: { columns: ['size', 'kind'], data } }],
  [
    'dataframe_split, with an index',
    { dataframe_split: { columns: ['size', 'kind'], data, index: [0, 1, 2] } },
  ],
  [
    'dataframe_split by the dataset’s names',
    { dataframe_split: { columns: ['Size (m)', 'Kind'], data } },
  ],
  ['dataframe_records', { dataframe_records: rows }],
  [
    'dataframe_records with more columns',
    { dataframe_records: rows.map((row) => ({ ...row, note: 'x' })) },
  ],
  ['instances as records', { instances: rows }],
  ['instances as rows', { instances: data }],
  ['inputs as columns', { inputs: columns }],
  ['inputs as records', { inputs: rows }],
  ['text/csv', 'size,kind\n0.25,a\n1,a\n1,b\n', 'text/csv'],
  [
    'application/csv with CRLF, a BOM and quotes',
    '\uFEFF"kind","size"\r\n"a",0.25\r\na,1\r\nb,1.0e0',
    'application/csv; charset=utf-8',
  ],
];

describe('the same rows give the same answer in every form', () => {
  test.each(FORMS.map(([name, body, type]) => ({ name, body, type })))(
    '$name',
    async ({ body, type }) => {
      const response = await invoke(body, type);
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ predictions: ['small', 'small', 'large'] });
    },
  );

  test('predict_proba answers the probabilities', async () => {
    const response = await invoke({ inputs: columns, params: { predict_method: 'predict_proba' } });
    expect(await response.json()).toEqual({
      predictions: [
        [1, 0],
        [0.5, 0.5],
        [0, 1],
      ],
    });
  });
});

const SECRET = 'hunter2';
const BAD: readonly (readonly [name: string, status: number, body: unknown, type?: string])[] = [
  ['nothing', 400, ''],
  ['no form', 400, {}],
  ['two forms', 400, { instances: rows, inputs: rows }],
  ['an unknown form', 400, { rows }],
  ['a missing column', 400, { dataframe_records: [{ kind: 'a' }] }],
  ['a text for a number', 400, { inputs: { size: [SECRET], kind: ['a'] } }],
  ['a text for a number in CSV', 400, `size,kind\n${SECRET},a\n`, 'text/csv'],
  ['a ragged split', 400, { dataframe_split: { columns: ['size', 'kind'], data: [[1]] } }],
  ['columns of two lengths', 400, { inputs: { size: [1, 2], kind: ['a'] } }],
  ['no rows', 400, { instances: [] }],
  ['only a header', 400, 'size,kind\n', 'text/csv'],
  ['broken CSV', 400, 'size,kind\n1,"a', 'text/csv'],
  ['unknown parameters', 400, { instances: rows, params: { depth: 1 } }],
  ['an unknown type', 415, '<x/>', 'text/xml'],
  ['another charset', 415, { instances: rows }, 'application/json; charset=utf-16'],
];

test.each(BAD.map(([name, status, body, type]) => ({ name, status, body, type })))(
  '$name is $status in MLflow’s form, and says nothing of the data',
  async ({ status, body, type }) => {
    const response = await invoke(body, type);
    expect(response.status).toBe(status);
    const text = await response.text();
    expect(JSON.parse(text)).toEqual({ error_code: 'BAD_REQUEST', message: expect.any(String) });
    expect(text).not.toContain(SECRET);
  },
);

test('the container routes answer for the default model', async () => {
  // The first by name is the default, whatever other tests have published.
  await publishTiny('aaa-default');
  expect((await ask('/ping')).status).toBe(200);
  expect((await ask('/health')).status).toBe(200);
  expect(await (await ask('/version')).text()).toMatch(/^\d+\.\d+\.\d+$/);
  const response = await ask('/invocations', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ instances: rows }),
  });
  expect(await response.json()).toEqual({ predictions: ['small', 'small', 'large'] });
});
