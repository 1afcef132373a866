// Files of versions behind the platform's cache: read from storage once, never believed without their hash.

import { sha256 } from '#contract/hash.ts';
import { blobKey } from '#contract/registry/keys.ts';
import type { ObjectStore } from '#contract/registry/object-store.ts';
import { expect, test } from 'vitest';
import { cachedBlobs } from '../../worker/registry/cached-blobs.ts';
import { registry } from './tiny-model.ts';

const bytes = new TextEncoder().encode('a file of a version');
const key = blobKey('cached', await sha256(bytes));

interface Setup {
  readonly store: ObjectStore;
  readonly reads: string[];
  readonly cache: Cache;
  settle(): Promise<unknown>;
}

/** The test's bucket behind a cache of its own name, with what was read from the bucket. */
async function setUp(name: string, broken?: Pick<Cache, 'match' | 'put'>): Promise<Setup> {
  const cache = await caches.open(name);
  const reads: string[] = [];
  const work: Promise<unknown>[] = [];
  const counted: ObjectStore = { ...registry, get: (at) => (reads.push(at), registry.get(at)) };
  const later = (done: Promise<unknown>): void => void work.push(done);
  const store = cachedBlobs(counted, { cache: broken ?? cache, later });
  await registry.put(key, bytes);
  return { store, reads, cache, settle: () => Promise.all(work) };
}

test('a file is read from storage once', async () => {
  const { store, reads, settle } = await setUp('once');
  expect((await store.get(key))?.bytes).toEqual(bytes);
  await settle();
  expect((await store.get(key))?.bytes).toEqual(bytes);
  expect(reads).toEqual([key]);
});

test('what does not have the hash of its name is read from storage', async () => {
  const { store, reads, cache } = await setUp('wrong');
  const headers = { 'cache-control': 'max-age=60' };
  await cache.put(`https://registry.gharial.invalid/${key}`, new Response('other', { headers }));
  expect((await store.get(key))?.bytes).toEqual(bytes);
  expect(reads).toEqual([key]);
});

test('a file that is not there stays not there, and may come', async () => {
  const { store, settle } = await setUp('absent');
  const other = new TextEncoder().encode('another file');
  const absent = blobKey('cached', await sha256(other));
  expect(await store.get(absent)).toBe(null);
  await settle();
  await registry.put(absent, other);
  expect((await store.get(absent))?.bytes).toEqual(other);
});

test('a cache that fails is as if it were empty', async () => {
  const fail = (): Promise<never> => Promise.reject(new Error('No Cache was configured'));
  const { store, reads, settle } = await setUp('broken', { match: fail, put: fail });
  expect((await store.get(key))?.bytes).toEqual(bytes);
  await settle();
  expect((await store.get(key))?.bytes).toEqual(bytes);
  expect(reads).toHaveLength(2);
});

test('aliases and manifests are never cached: they move, or come to be', async () => {
  const { store, reads } = await setUp('others');
  for (const at of ['cached/aliases.json', 'cached/versions/1/manifest.json']) {
    await store.get(at);
    await store.get(at);
  }
  expect(reads).toHaveLength(4);
});
