import { beforeAll, describe, expect, test } from 'vitest';
import { ask, predict } from './ask.ts';
import { manifestHash, publishTiny } from './tiny-model.ts';

beforeAll(async () => {
  await publishTiny('tiny');
});

const row = { size: 1, kind: 'b' };

describe('a row that fits the signature', () => {
  test.each([
    [{ size: 0.25, kind: 'a' }, 'small', 1, { small: 1, large: 0 }],
    [{ size: 0.5, kind: 'a' }, 'small', 0.5, { small: 0.5, large: 0.5 }],
    [{ size: 1, kind: 'b' }, 'large', 1, { small: 0, large: 1 }],
    [{ size: 1, kind: null }, 'small', 0.5, { small: 0.5, large: 0.5 }],
    [{ kind: 'b', size: 1 }, 'large', 1, { small: 0, large: 1 }],
  ])('%j is %s with %d', async (input, label, probability, probabilities) => {
    const response = await predict('tiny', { rows: [input] });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('x-model-version')).toBe('1');
    expect(await response.json()).toEqual({
      model_name: 'tiny',
      model_version: '1',
      manifest_sha256: await manifestHash('tiny', '1'),
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      predictions: [{ label, probability, probabilities }],
    });
  });

  test('a batch answers each row as if it had been alone', async () => {
    const rows = Array.from({ length: 257 }, (_, index) => ({
      size: (index % 5) / 4,
      kind: ['a', 'b', null][index % 3],
    }));
    const batch = await (await predict('tiny', { rows })).json<{ predictions: unknown[] }>();
    expect(batch.predictions).toHaveLength(rows.length);
    for (let index = 0; index < 15; index++) {
      const alone = await (await predict('tiny', { rows: [rows[index]] })).json<typeof batch>();
      expect(batch.predictions[index]).toEqual(alone.predictions[0]);
    }
  });

  test('the same request twice has two ids', async () => {
    const ids = await Promise.all(
      [1, 2].map(
        async () => (await (await predict('tiny', { rows: [row] })).json<{ id: string }>()).id,
      ),
    );
    expect(new Set(ids).size).toBe(2);
  });
});

describe('what the model never saw is answered with a warning', () => {
  test.each([
    [{ size: 1, kind: 'c' }, 'unknown_category', '/rows/1/kind'],
    [{ size: 3, kind: 'b' }, 'out_of_range', '/rows/1/size'],
    [{ size: -3, kind: 'b' }, 'out_of_range', '/rows/1/size'],
  ])('%j: %s at %s', async (input, code, pointer) => {
    const response = await predict('tiny', { rows: [row, input] });
    expect(response.status).toBe(200);
    const { predictions, warnings } = await response.json<{
      predictions: unknown[];
      warnings: unknown[];
    }>();
    expect(predictions).toHaveLength(2);
    expect(warnings).toEqual([expect.objectContaining({ code, pointer })]);
  });
});

test('of many warnings the first hundred are listed, and the others counted', async () => {
  const rows = Array.from({ length: 250 }, () => ({ size: 1, kind: 'c' }));
  const response = await predict('tiny', { rows });
  const { warnings, more_warnings } = await response.json<{
    warnings: { pointer: string }[];
    more_warnings: number;
  }>();
  expect(warnings).toHaveLength(100);
  expect(warnings.at(-1)!.pointer).toBe('/rows/99/kind');
  expect(more_warnings).toBe(150);
});

const MALFORMED: readonly (readonly [name: string, body: string | Uint8Array])[] = [
  ['nothing', ''],
  ['text', 'rows'],
  ['half an object', '{"rows":[{"size":1'],
  ['NaN', '{"rows":[{"size":NaN,"kind":"a"}]}'],
  ['Infinity', '{"rows":[{"size":Infinity,"kind":"a"}]}'],
  ['bytes that are not UTF-8', Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d)],
  ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00)],
];

const INVALID: readonly (readonly [body: unknown, pointer: string])[] = [
  [[], ''],
  ['"rows"', ''],
  ['null', ''],
  [{}, '/rows'],
  [{ rows: null }, '/rows'],
  [{ rows: {} }, '/rows'],
  [{ rows: 'size' }, '/rows'],
  [{ rows: [] }, '/rows'],
  [{ rows: [row], mode: 'fast' }, '/mode'],
  [{ rows: [null] }, '/rows/0'],
  [{ rows: [[1, 'b']] }, '/rows/0'],
  [{ rows: [row, 'b'] }, '/rows/1'],
  [{ rows: [{ kind: 'b' }] }, '/rows/0/size'],
  [{ rows: [{ size: 1 }] }, '/rows/0/kind'],
  [{ rows: [{ size: '1', kind: 'b' }] }, '/rows/0/size'],
  [{ rows: [{ size: null, kind: 'b' }] }, '/rows/0/size'],
  [{ rows: [{ size: true, kind: 'b' }] }, '/rows/0/size'],
  [{ rows: [{ size: [1], kind: 'b' }] }, '/rows/0/size'],
  ['{"rows":[{"size":1e999,"kind":"b"}]}', '/rows/0/size'],
  ['{"rows":[{"size":1e39,"kind":"b"}]}', '/rows/0/size'],
  [{ rows: [{ size: 1, kind: 2 }] }, '/rows/0/kind'],
  [{ rows: [{ ...row, colour: 'red' }] }, '/rows/0/colour'],
  [{ rows: [{ ...row, 'a/b~c': 1 }] }, '/rows/0/a~1b~0c'],
  ['{"rows":[{"size":1,"kind":"b","__proto__":{"size":1}}]}', '/rows/0/__proto__'],
  ['{"rows":[{"__proto__":{"size":1,"kind":"b"}}]}', '/rows/0/size'],
];

describe('bad input is a problem that says where', () => {
  test.each(MALFORMED)('%s is not JSON', async (_, body) => {
    await expectProblem(await predict('tiny', body), 400, '/problems/malformed-json');
  });

  test.each(INVALID)('%j points at %s', async (body, pointer) => {
    const problem = await expectProblem(
      await predict('tiny', body),
      400,
      '/problems/invalid-request',
    );
    expect(problem.errors?.[0]?.pointer).toBe(pointer);
  });

  test('every fault of a request is named', async () => {
    const response = await predict('tiny', { rows: [{ size: 'x' }, row, { kind: 3, extra: 1 }] });
    const problem = await expectProblem(response, 400, '/problems/invalid-request');
    expect(problem.errors?.map((error) => error.pointer)).toEqual([
      '/rows/0/size',
      '/rows/0/kind',
      '/rows/2/size',
      '/rows/2/kind',
      '/rows/2/extra',
    ]);
  });

  test('two megabytes of rows are too large, announced or not', async () => {
    const rows = Array.from({ length: 90_000 }, () => row);
    const body = JSON.stringify({ rows });
    expect(body.length).toBeGreaterThan(1_900_000);
    await expectProblem(await predict('tiny', body), 413, '/problems/too-large');
    const chunked = await ask('/v1/models/tiny/predict', {
      method: 'POST',
      body: new Blob([body]).stream(),
    });
    await expectProblem(chunked, 413, '/problems/too-large');
  });

  test('more rows than a request may have are too large', async () => {
    const rows = Array.from({ length: 10_001 }, () => ({ size: 1, kind: 'b' }));
    await expectProblem(await predict('tiny', { rows }), 413, '/problems/too-large');
  });

  test.each(['nobody', 'NoSuchName', '..', '%2e%2e', 'a'.repeat(300), '__proto__', 'tiny%00'])(
    'model %s is not there',
    async (model) => {
      const response = await predict(model, { rows: [row] });
      const problem = await expectProblem(response, 404, expect.any(String));
      expect(problem.type).toMatch(/unknown-(model|route)$/);
    },
  );
});

describe('addresses', () => {
  test('an unknown address is a problem', async () => {
    await expectProblem(await ask('/v1/nothing'), 404, '/problems/unknown-route');
    await expectProblem(await ask('/v1'), 404, '/problems/unknown-route');
  });

  test('a known address names the methods it takes', async () => {
    const response = await ask('/v1/models/tiny/predict');
    expect(response.headers.get('allow')).toBe('POST');
    await expectProblem(response, 405, '/problems/method-not-allowed');
    expect((await ask('/v1/models', { method: 'DELETE' })).headers.get('allow')).toBe('GET');
  });

  test('the type of a problem is an address that explains it', async () => {
    const problem = await expectProblem(
      await predict('tiny', '{'),
      400,
      '/problems/malformed-json',
    );
    const page = await ask(problem.type);
    expect(await page.json()).toMatchObject({ title: problem.title, status: 400 });
  });
});

interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  errors?: { pointer: string; detail: string }[];
}

async function expectProblem(response: Response, status: number, type: string): Promise<Problem> {
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const problem = await response.json<Problem>();
  expect(problem).toMatchObject({ type, status, title: expect.any(String) });
  expect(problem.detail).not.toMatch(/ at .*:\d+:\d+/);
  return problem;
}
