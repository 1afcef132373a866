import { beforeAll, describe, expect, test } from 'vitest';
import { ask } from './ask.ts';
import { publishTiny } from './tiny-model.ts';

beforeAll(async () => {
  await publishTiny('river');
});

const send = (type: string, body: BodyInit): Promise<Response> =>
  ask('/v1/models/river/predict', { method: 'POST', headers: { 'content-type': type }, body });

/** The body in pieces of `size` bytes, wherever that cuts. */
function inPieces(text: string, size: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
  });
}

const lines = async (response: Response): Promise<Record<string, unknown>[]> =>
  (await response.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('NDJSON: a bad row is a line with its number, and ends nothing', async () => {
  const body =
    '{"size":0.25,"kind":"a"}\n{"size":"x","kind":"a"}\n\nnot json\n{"size":1,"kind":"b"}';
  const response = await send('application/x-ndjson', body);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/x-ndjson');
  expect(response.headers.get('x-model-version')).toBe('1');
  expect(await lines(response)).toEqual([
    { row: 1, label: 'small', probability: 1, probabilities: { small: 1, large: 0 } },
    {
      row: 2,
      error: expect.objectContaining({
        status: 400,
        errors: [{ pointer: '/size', detail: expect.any(String) }],
      }),
    },
    { row: 3, error: expect.objectContaining({ status: 400 }) },
    { row: 4, label: 'large', probability: 1, probabilities: { small: 0, large: 1 } },
  ]);
});

test('CSV: columns are found by either name, others are ignored, bad rows are named', async () => {
  const body = '\uFEFFNote,Kind,Size (m)\r\n"a, ""b""\nc",a,0.25\r\nx,b\r\nx,b,one\r\nx,b,1';
  const response = await send('text/csv', body);
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect((await response.text()).split('\r\n')).toEqual([
    'row,label,probability,p(small),p(large),error',
    '1,small,1,1,0,',
    expect.stringMatching(/^2,,,,,.*cells/),
    expect.stringMatching(/^3,,,,,.*size.*number/),
    '4,large,1,0,1,',
    '',
  ]);
});

describe.each([
  [
    'application/x-ndjson',
    (n: number) => Array.from({ length: n }, (_, i) => `{"kind":"b","size":${i % 2}}\n`).join(''),
  ],
  [
    'text/csv',
    (n: number) => `kind,size\n${Array.from({ length: n }, (_, i) => `"b",${i % 2}\n`).join('')}`,
  ],
])('%s', (type, make) => {
  test.each([1, 7, 64, 4096])(
    'cut into pieces of %d bytes, the answer is the same',
    async (size) => {
      const text = make(50);
      const whole = await (await send(type, text)).text();
      expect(await (await send(type, inPieces(text, size))).text()).toBe(whole);
      expect(whole.trimEnd().split('\n').length).toBe(type === 'text/csv' ? 51 : 50);
    },
  );

  test('20,000 rows come back in order', async () => {
    const answer = (await (await send(type, inPieces(make(20_000), 65_536))).text())
      .trimEnd()
      .split('\n');
    const rows = type === 'text/csv' ? answer.slice(1) : answer;
    expect(rows).toHaveLength(20_000);
    expect(rows.at(-1)).toMatch(
      type === 'text/csv' ? /^20000,large/ : /^\{"row":20000,"label":"large"/,
    );
  });

  test('bytes that are not UTF-8 end the stream with an error line', async () => {
    const response = await send(type, new Blob([make(3), Uint8Array.of(0xff, 0x0a)]).stream());
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(/UTF-8/);
  });
});

test('a CSV that lacks a feature says which', async () => {
  expect(await (await send('text/csv', 'kind\nb\n')).text()).toMatch(/lacks the column size/);
});

test('one endless record is not waited for', async () => {
  const body = inPieces(`{"size":${'1'.repeat(1_200_000)}`, 65_536);
  expect(await (await send('application/x-ndjson', body)).text()).toMatch(/too-large/);
});

test('rows as columns are rows', async () => {
  const response = await send('application/json', '{"columns":{"kind":["a","b"],"size":[0.25,1]}}');
  expect(await response.json()).toMatchObject({
    predictions: [{ label: 'small' }, { label: 'large' }],
  });
  const bad = await send('application/json', '{"columns":{"kind":["a","b"],"size":[0.25]}}');
  expect(await bad.json()).toMatchObject({
    status: 400,
    errors: [{ pointer: expect.stringMatching(/columns/) }],
  });
});
