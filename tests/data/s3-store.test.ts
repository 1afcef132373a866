// The remote bucket's driver against a local stand-in: its bad moments, its refusals, and what is said of them.

import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { s3Store } from '../../store/s3/s3-store.ts';
import { parseListPage } from '../../store/s3/s3-list.ts';
import { parseS3Settings, type S3Settings } from '../../store/s3/s3-settings.ts';
import { startS3StandIn, type StandIn } from '../contract/s3-stand-in.ts';

const backoff = { retries: 3, minTimeout: 1, maxTimeout: 2 };
const one = Uint8Array.of(1);
let standIn: StandIn;

beforeAll(async () => {
  standIn = await startS3StandIn();
});
afterAll(() => standIn.stop());
afterEach(() => {
  standIn.misbehave = () => null;
});

const open = (change: Partial<S3Settings> = {}) =>
  s3Store({ ...standIn.settings, ...change }, { fetch, backoff, writeName: randomUUID });

/** The message of what `work` throws. */
async function messageOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: Error) => thrown,
  );
  return error?.message ?? 'nothing was thrown';
}

test('every request is tried again when the service is busy, and gives up in the end', async () => {
  let left = 3;
  standIn.misbehave = () => (left-- > 0 ? 'fail' : null);
  expect(await open().put('busy/a', one)).toBe(true);
  left = 3;
  expect((await open().get('busy/a'))?.bytes).toEqual(one);
  left = 3;
  expect(await open().list('busy/')).toEqual(['busy/a']);
  standIn.misbehave = () => 'fail';
  expect(await messageOf(open().get('busy/a'))).toContain('answers 503 SlowDown');
});

test.each([
  ['absent', 'absent'] as const,
  ['etag', { etag: '"55a54008ad1ba589aa210d2629c1df41"' }] as const,
])(
  'a write with condition %s whose answer is lost counts as done, once',
  async (name, condition) => {
    const key = `lost/${name}`;
    if (name === 'etag') await open().put(key, one);
    let lost = false;
    standIn.misbehave = () => {
      if (lost) return null;
      lost = true;
      return 'lose';
    };
    expect(await open().put(key, Uint8Array.of(2), condition)).toBe(true);
    expect(await open().put(key, Uint8Array.of(3), condition)).toBe(false);
    expect((await open().get(key))?.bytes).toEqual(Uint8Array.of(2));
  },
);

test('another writer’s object of equal bytes is not taken for one’s own', async () => {
  let number = 0;
  standIn.misbehave = () => (number++ === 0 ? 'fail' : null);
  const late = s3Store(standIn.settings, {
    fetch: async (...words) => {
      const response = await fetch(...words);
      // Between the failed attempt and the next one, somebody else writes the same.
      if (response.status === 503) await open().put('race/a', one, 'absent');
      return response;
    },
    writeName: randomUUID,
    backoff,
  });
  expect(await late.put('race/a', one, 'absent')).toBe(false);
});

test('keys with any character keep their name', async () => {
  const keys = ['odd/a b', 'odd/é', 'odd/a+b', 'odd/100%', 'odd/a&b=c', 'odd/~x_-.'];
  for (const key of keys) await open().put(key, one);
  expect(await open().list('odd/')).toEqual([...keys].sort());
  for (const key of keys) expect((await open().get(key))?.bytes).toEqual(one);
});

test('a list of several pages has every object with its time', async () => {
  const keys = Array.from({ length: 8 }, (_, index) => `pages/${index}`);
  for (const key of keys) await open().put(key, one);
  standIn.requests.length = 0;
  const entries = await open().entries('pages/');
  expect(entries.map(({ key }) => key)).toEqual(keys);
  expect(standIn.requests.length).toBe(3);
  for (const { modified } of entries) expect(Date.now() - modified.getTime()).toBeLessThan(60_000);
});

describe('what goes wrong is said, without a secret in it', () => {
  test.each([
    [
      'a wrong secret',
      { secretAccessKey: 'wrong' },
      /403 SignatureDoesNotMatch.*R2_SECRET_ACCESS_KEY/,
    ],
    ['an unknown key', { accessKeyId: 'WRONG' }, /403 InvalidAccessKeyId.*R2_ACCESS_KEY_ID/],
    ['no such bucket', { bucket: 'nowhere' }, /bucket nowhere answers 404 NoSuchBucket.*R2_BUCKET/],
    [
      'nobody there',
      { endpoint: 'http://127.0.0.1:1' },
      /does not answer at http:\/\/127.0.0.1:1: .+/,
    ],
    [
      'a secret in the address',
      { endpoint: 'http://127.0.0.1:1/secret/of+the=stand-in' },
      /127.0.0.1:1\/…:/,
    ],
  ])('%s', async (_, change, message) => {
    const store = open(change);
    const works = [
      () => store.get('x'),
      () => store.put('x', one, 'absent'),
      () => store.delete('x'),
      () => store.list(''),
    ];
    for (const work of works) {
      const said = await messageOf(work());
      expect(said).toMatch(message);
      expect(said).not.toContain(standIn.settings.secretAccessKey);
      expect(said).not.toContain('\n');
    }
  });
});

describe('settings', () => {
  const complete = {
    R2_ACCOUNT_ID: '0123456789abcdef0123456789abcdef',
    R2_ACCESS_KEY_ID: 'id',
    R2_SECRET_ACCESS_KEY: 'secret',
    R2_BUCKET: 'bucket',
  };

  test('come from the environment; the account names the address', () => {
    expect(parseS3Settings(complete)).toEqual({
      endpoint: 'https://0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com',
      bucket: 'bucket',
      accessKeyId: 'id',
      secretAccessKey: 'secret',
    });
    const other = { ...complete, R2_ACCOUNT_ID: undefined, R2_ENDPOINT: 'http://localhost:9000/' };
    expect(parseS3Settings(other).endpoint).toBe('http://localhost:9000');
  });

  test.each([
    [{ R2_BUCKET: '' }, 'environment lacks what R2 needs: R2_BUCKET'],
    [
      { R2_ACCOUNT_ID: undefined, R2_SECRET_ACCESS_KEY: undefined },
      /R2_ACCOUNT_ID, R2_SECRET_ACCESS_KEY$/,
    ],
    [{ R2_ACCOUNT_ID: 'my account' }, 'R2_ACCOUNT_ID is not the 32 hex digits'],
    [{ R2_ENDPOINT: 'nowhere' }, 'R2_ENDPOINT is no address: nowhere'],
  ])('refuses %j', (change, message) => {
    expect(() => parseS3Settings({ ...complete, ...change })).toThrow(message);
  });
});

test.each([
  ['an error page', '<html>502</html>', 'something other than a list'],
  [
    'a page cut off without a token',
    '<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>',
    'cut off without a token',
  ],
  [
    'an object without a time',
    '<ListBucketResult><Contents><Key>a</Key></Contents></ListBucketResult>',
    'no key or time',
  ],
])('a list that is %s is refused', (_, xml, message) => {
  expect(() => parseListPage(xml)).toThrow(message);
});

describe('a slow line', () => {
  /** A body of `count` bytes, one every 40 ms, after which it ends or stays open. */
  const dripping =
    (count: number, end: boolean): typeof fetch =>
    (_, init) => {
      let sent = 0;
      let timer: NodeJS.Timeout;
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          init?.signal?.addEventListener('abort', () => controller.error(init.signal?.reason));
          timer = setInterval(() => {
            if (sent++ < count) controller.enqueue(one);
            else if (end) controller.close();
            if (sent > count) clearInterval(timer);
          }, 40);
        },
        cancel: () => clearInterval(timer),
      });
      return Promise.resolve(new Response(body, { headers: { etag: '"1"' } }));
    };
  const reading = (fetch: typeof globalThis.fetch) =>
    s3Store(standIn.settings, {
      fetch,
      silence: 300,
      backoff: { retries: 0 },
      writeName: randomUUID,
    }).get('a');

  test('may take longer in all than it may be silent', async () => {
    expect((await reading(dripping(15, true)))?.bytes).toHaveLength(15);
  });
  test('is given up when nothing comes any more', async () => {
    expect(await messageOf(reading(dripping(2, false)))).toMatch(
      /^R2 does not answer at .+: nothing was heard for 300 ms$/,
    );
  });
});
