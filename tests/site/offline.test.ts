// What the service worker keeps, and what it answers from it.

import { describe, expect, test } from 'vitest';
import { answerRequest } from '../../site/src/lib/offline/answer-request.ts';
import { pageOf, ruleOf, SEEN } from '../../site/src/lib/offline/stores.ts';
import { dropOthers, shellOf } from '../../site/src/lib/offline/update-stores.ts';

const ORIGIN = 'http://localhost:8787';

const request = (path: string, init: RequestInit = {}): Request =>
  new Request(new URL(path, ORIGIN), init);

/** A Cache in memory, as far as it is used here. */
class Store {
  readonly #kept = new Map<string, { request: Request; response: Response }>();

  put(request: Request, response: Response): Promise<void> {
    this.#kept.set(request.url, { request, response });
    return Promise.resolve();
  }
  match(asked: Request | string): Promise<Response | undefined> {
    const url = typeof asked === 'string' ? new URL(asked, ORIGIN).href : asked.url;
    return Promise.resolve(this.#kept.get(url)?.response.clone());
  }
  delete({ url }: Request): Promise<boolean> {
    return Promise.resolve(this.#kept.delete(url));
  }
  keys(): Promise<Request[]> {
    return Promise.resolve([...this.#kept.values()].map(({ request }) => request));
  }
}

class Stores {
  readonly all = new Map<string, Store>();

  has(name: string): Promise<boolean> {
    return Promise.resolve(this.all.has(name));
  }
  open(name: string): Promise<Store> {
    const store = this.all.get(name) ?? new Store();
    this.all.set(name, store);
    return Promise.resolve(store);
  }
}

const asCaches = (stores: Stores): CacheStorage => stores as unknown as CacheStorage;

describe('the rule for a request', () => {
  test.each([
    ['/_app/immutable/chunks/a.js', {}, 'immutable'],
    ['/v1/models', {}, 'seen'],
    ['/v1/models/m/versions/1/model.onnx', {}, 'seen'],
    ['/openapi.json', {}, 'seen'],
    ['/docs/api/__data.json', {}, 'seen'],
    ['/v1/models/m/predict', { method: 'POST' }, 'network'],
    ['/v1/models', { headers: { authorization: 'Bearer x' } }, 'network'],
    ['/v1/models/m/versions/1/model.onnx', { headers: { range: 'bytes=0-9' } }, 'network'],
    ['/v2/health/live', {}, 'network'],
    ['https://example.org/v1/models', {}, 'network'],
  ] as const)('%s %j is %s', (path, init, rule) => {
    expect(ruleOf(request(path, init), ORIGIN)).toBe(rule);
  });
});

test.each([
  ['/', '/'],
  ['/batch', '/batch'],
  ['/models/', '/models'],
  ['/models/house-price', '/models/_'],
  ['/models/house-price/12', '/models/_/_'],
])('the file of %s is %s', (path, file) => {
  expect(pageOf(path)).toBe(file);
});

test('the shell has no runtime, no documents, and no page of a wrong address', () => {
  const parts = {
    build: ['/_app/immutable/a.js', '/_app/immutable/ort.wasm'],
    files: ['/favicon.svg'],
    prerendered: ['/', '/docs', '/docs/api', '/docs-sections.json', '/404'],
  };
  expect(shellOf(parts)).toEqual(['/_app/immutable/a.js', '/favicon.svg', '/', '/docs']);
});

describe('what was read of the API', () => {
  const lost = (): Promise<Response> => Promise.reject(new TypeError('no network'));
  const answering = (text: string, headers: HeadersInit = {}) => ({
    fetch: () => Promise.resolve(new Response(text, { headers })),
  });

  test('is answered by the network, and without one as it was last', async () => {
    const caches = asCaches(new Stores());
    await caches.open(SEEN);
    for (const text of ['old', 'new'])
      await answerRequest(request('/v1/models'), { ...answering(text), caches, origin: ORIGIN });
    const answer = await answerRequest(request('/v1/models'), {
      caches,
      fetch: lost,
      origin: ORIGIN,
    });
    expect(await answer?.text()).toBe('new');
  });

  test('is kept neither for who never asked, nor when the answer says not to', async () => {
    const stores = new Stores();
    const around = { caches: asCaches(stores), origin: ORIGIN };
    await answerRequest(request('/v1/models'), { ...around, ...answering('x') });
    expect(stores.all.size).toBe(0);
    await stores.open(SEEN);
    const secret = answering('x', { 'cache-control': 'no-store' });
    await answerRequest(request('/v1/models'), { ...around, ...secret });
    await expect(answerRequest(request('/v1/models'), { ...around, fetch: lost })).rejects.toThrow(
      'no network',
    );
  });

  test('is kept up to 150 answers, beside the runtime; those read last stay', async () => {
    const stores = new Stores();
    const seen = await stores.open(SEEN);
    await seen.put(request('/_app/immutable/ort.wasm'), new Response(''));
    const around = { caches: asCaches(stores), origin: ORIGIN, ...answering('x') };
    for (let version = 0; version < 160; version++)
      await answerRequest(request(`/v1/models/m/versions/${version}`), around);
    const paths = (await seen.keys()).map(({ url }) => new URL(url).pathname);
    expect(paths).toHaveLength(151);
    expect(paths).toContain('/_app/immutable/ort.wasm');
    expect(paths.at(-1)).toBe('/v1/models/m/versions/159');
    expect(paths).not.toContain('/v1/models/m/versions/9');
  });
});

test('a new build drops the files of the one before, and the runtime only when it is another', async () => {
  const stores = new Stores();
  const caches = asCaches(stores);
  const [shell, seen] = [await stores.open('gharial-shell'), await stores.open(SEEN)];
  for (const path of ['/', '/_app/immutable/old.js', '/_app/immutable/new.js'])
    await shell.put(request(path), new Response(''));
  for (const path of ['/v1/models', '/_app/immutable/1.wasm', '/_app/immutable/2.wasm'])
    await seen.put(request(path), new Response(''));
  const build = ['/_app/immutable/new.js', '/_app/immutable/2.wasm'];
  await dropOthers(caches, { build, files: [], prerendered: ['/'] });
  const paths = async (store: Store) =>
    (await store.keys()).map(({ url }) => new URL(url).pathname);
  expect(await paths(shell)).toEqual(['/', '/_app/immutable/new.js']);
  expect(await paths(seen)).toEqual(['/v1/models', '/_app/immutable/2.wasm']);
});
