// A version's files out of the platform's cache where it has them, out of storage otherwise: they never change, and a
// cache is nearer. What it answers is held against the hash in the file's name before anybody sees it.

import { sha256 } from '#contract/hash.ts';
import type { ObjectStore, StoredObject } from '#contract/registry/object-store.ts';
import type { Later } from './alias-cache.ts';

export interface BlobCache {
  readonly cache: Pick<Cache, 'match' | 'put'>;
  /** Takes the writing, which no request waits for. */
  readonly later: Later;
}

const BLOB = /\/blobs\/([0-9a-f]{64})$/;

/** Nobody's host: the address is a name in the cache and nothing else. */
const ORIGIN = 'https://registry.gharial.invalid/';

/** `store`, of which files named by their hash are cached. A cache that fails, or answers wrongly, is as if it were empty. */
export function cachedBlobs(store: ObjectStore, { cache, later }: BlobCache): ObjectStore {
  const read = async (key: string, hash: string): Promise<StoredObject | null> => {
    const response = await cache.match(ORIGIN + key);
    if (response === undefined) return null;
    const bytes = new Uint8Array(await response.arrayBuffer());
    return (await sha256(bytes)) === hash ? { bytes, etag: hash } : null;
  };

  const write = (key: string, bytes: Uint8Array): Promise<void> => {
    const headers = { 'cache-control': 'public, max-age=31536000, immutable' };
    return cache.put(ORIGIN + key, new Response(bytes as Uint8Array<ArrayBuffer>, { headers }));
  };

  return {
    ...store,
    async get(key) {
      const hash = BLOB.exec(key)?.[1];
      if (hash === undefined) return store.get(key);
      const cached = await read(key, hash).catch(() => null);
      if (cached !== null) return cached;
      const object = await store.get(key);
      if (object !== null) later(write(key, object.bytes).catch(() => undefined));
      return object;
    },
  };
}
