import { sha256 } from '#contract/hash.ts';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, test } from 'vitest';
import { ask, predict } from './ask.ts';
import { freshIsolate } from './fresh-isolate.ts';
import { bucket, publishTiny, TINY_ONNX } from './tiny-model.ts';

const rows = [{ size: 1, kind: 'b' }];

beforeAll(async () => {
  await publishTiny('polite');
});

describe('X-Request-Id', () => {
  const ADDRESSES = ['/v1/models', '/v2/models/nobody', '/v1/nowhere', '/ping', '/openapi.json'];

  test.each(ADDRESSES)('is on every answer: %s', async (path) => {
    const first = (await ask(path)).headers.get('x-request-id');
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect((await ask(path)).headers.get('x-request-id')).not.toBe(first);
  });

  test('is the client’s own when it is one', async () => {
    const id = async (given: string): Promise<string | null> =>
      (await ask('/v1/models', { headers: { 'x-request-id': given } })).headers.get('x-request-id');
    expect(await id('trace-7/a.b')).toBe('trace-7/a.b');
    for (const bad of ['', 'a b', 'a"b', 'x'.repeat(129), '\u00e9'])
      expect(await id(bad)).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('names the prediction', async () => {
    const response = await predict('polite', { rows });
    const { id } = await response.json<{ id: string }>();
    expect(response.headers.get('x-request-id')).toBe(id);
  });
});

test('Server-Timing says how long the model took to load and to run', async () => {
  const response = await predict('polite', { rows });
  expect(response.headers.get('server-timing')).toMatch(/^load;dur=[\d.]+, run;dur=[\d.]+$/);
});

test.each([
  ['/v1/models', 'public, max-age=2'],
  ['/v1/models/polite/versions/1', 'public, max-age=31536000, immutable'],
  ['/v1/models/polite/versions/champion', 'public, max-age=2'],
  ['/v1/models/polite/versions/1/model.onnx', 'public, max-age=31536000, immutable'],
  ['/v1/models/polite/versions/champion/model.onnx', 'public, max-age=2'],
  ['/v2/health/ready', 'no-store'],
  ['/v1/models/nobody', 'no-store'],
])('%s may be cached: %s', async (path, cacheControl) => {
  expect((await ask(path)).headers.get('cache-control')).toBe(cacheControl);
});

test('a prediction is never stored by a cache', async () => {
  expect((await predict('polite', { rows })).headers.get('cache-control')).toBe('no-store');
});

describe('model.onnx', () => {
  const get = (headers: Record<string, string> = {}): Promise<Response> =>
    ask('/v1/models/polite/versions/1/model.onnx', { headers });

  test('is the published file, under its hash', async () => {
    const response = await get();
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(TINY_ONNX);
    expect(response.headers.get('etag')).toBe(`"${await sha256(TINY_ONNX)}"`);
  });

  test('is not sent again to who has it', async () => {
    const etag = (await get()).headers.get('etag')!;
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*'])
      expect((await get({ 'if-none-match': tag })).status).toBe(304);
    expect((await get({ 'if-none-match': '"other"' })).status).toBe(200);
  });

  const size = TINY_ONNX.length;
  test.each([
    ['bytes=0-9', 206, 0, 10],
    ['bytes=10-', 206, 10, size],
    ['bytes=-5', 206, size - 5, size],
    [`bytes=0-${size + 99}`, 206, 0, size],
    ['bytes=5-2', 200, 0, size],
    ['bytes=a-b', 200, 0, size],
    ['bytes=0-1,3-4', 200, 0, size],
  ])('range %s is %d', async (range, status, from, to) => {
    const response = await get({ range });
    expect(response.status).toBe(status);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(TINY_ONNX.slice(from, to));
    if (status === 206)
      expect(response.headers.get('content-range')).toBe(`bytes ${from}-${to - 1}/${size}`);
  });

  test.each([`bytes=${size}-`, 'bytes=-0'])('range %s is outside', async (range) => {
    const response = await get({ range });
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe(`bytes */${size}`);
  });

  test('a range of another file than the client believes is the whole file', async () => {
    expect((await get({ range: 'bytes=0-9', 'if-range': '"other"' })).status).toBe(200);
  });
});

describe('API keys', () => {
  const key = 'a-long-random-key';

  const keyed = async (headers: Record<string, string>, path = '/v1/models'): Promise<Response> =>
    freshIsolate(bucket, {
      API_KEYS: `${'0'.repeat(64)}, ${await sha256(new TextEncoder().encode(key))}`,
    }).ask(path, { headers });

  test.each([
    [{ authorization: `Bearer ${key}` }, 200],
    [{ 'x-api-key': key }, 200],
    [{}, 401],
    [{ 'x-api-key': `${key}x` }, 401],
    [{ 'x-api-key': '' }, 401],
    [{ authorization: `Basic ${key}` }, 401],
    [{ authorization: 'Bearer' }, 401],
  ])('%j is %d', async (headers, status) => {
    expect((await keyed(headers)).status).toBe(status);
  });

  test('each door refuses in its own form', async () => {
    expect(await (await keyed({}, '/v2/models')).json()).toEqual({ error: expect.any(String) });
    const flow = await keyed({}, '/v1/models/polite/invocations');
    expect(await flow.json()).toMatchObject({ error_code: 'UNAUTHENTICATED' });
    const own = await keyed({});
    expect(own.headers.get('content-type')).toBe('application/problem+json');
  });

  test.each(['/v2/health/live', '/ping', '/version'])('%s needs none', async (path) => {
    expect((await keyed({}, path)).status).toBe(200);
  });
});

test('a limit of requests is kept per address, and answered with when to come back', async () => {
  const isolate = freshIsolate(bucket, {
    RATE_LIMIT: (env as { FIVE_A_MINUTE: RateLimit }).FIVE_A_MINUTE,
  });
  const from = (address: string): Promise<Response> =>
    isolate.ask('/v1/models', { headers: { 'cf-connecting-ip': address } });
  const statuses: number[] = [];
  for (let request = 0; request < 7; request++) statuses.push((await from('192.0.2.1')).status);
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
  expect((await from('192.0.2.1')).headers.get('retry-after')).toBe('60');
  expect((await from('192.0.2.2')).status).toBe(200);
});

describe('CORS', () => {
  const origin = 'https://app.example';

  test('no origin but its own may call by default', async () => {
    const response = await ask('/v1/models', { headers: { origin } });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  test.each([
    ['*', origin, '*'],
    [`https://a.example, ${origin}`, origin, origin],
    ['https://a.example', origin, null],
  ])('CORS_ORIGINS=%s', async (setting, from, allowed) => {
    const isolate = freshIsolate(bucket, { CORS_ORIGINS: setting });
    const response = await isolate.ask('/v1/models', { headers: { origin: from } });
    expect(response.headers.get('access-control-allow-origin')).toBe(allowed);
  });

  test('a preflight is answered without a key', async () => {
    const isolate = freshIsolate(bucket, { CORS_ORIGINS: origin, API_KEYS: '0'.repeat(64) });
    const response = await isolate.ask('/v1/models/polite/predict', {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,x-api-key',
      },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-methods')).toContain('POST');
    expect(response.headers.get('access-control-allow-headers')).toContain('x-api-key');
  });
});

describe('compression', () => {
  const many = { rows: Array.from({ length: 500 }, () => rows[0]) };

  test('a long answer is packed for who takes it, and is the same', async () => {
    const plain = await predict('polite', many);
    const packed = await ask('/v1/models/polite/predict', {
      method: 'POST',
      headers: { 'accept-encoding': 'gzip', 'content-type': 'application/json' },
      body: JSON.stringify(many),
    });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(packed.headers.get('vary')).toMatch(/accept-encoding/i);
  });

  test('a short one is not', async () => {
    const response = await ask('/v1/models', { headers: { 'accept-encoding': 'gzip' } });
    expect(response.headers.get('content-encoding')).toBeNull();
  });
});

test.each([
  ['nested 100,000 deep', `{"rows":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 400],
  ['the same key twice', '{"rows":[{"size":"x","size":1,"kind":"b"}]}', 200],
  ['a lone surrogate', '{"rows":[{"size":1,"kind":"\\ud800"}]}', 200],
  ['a number of a thousand digits', `{"rows":[{"size":${'9'.repeat(1000)},"kind":"b"}]}`, 400],
  ['a number with many decimals', `{"rows":[{"size":1.${'0'.repeat(1000)}1,"kind":"b"}]}`, 200],
  ['constructor as a key', '{"rows":[{"size":1,"kind":"b","constructor":1}]}', 400],
])('JSON with %s is refused or harmless', async (_, body, status) => {
  expect((await predict('polite', body)).status).toBe(status);
});
