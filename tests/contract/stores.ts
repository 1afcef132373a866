// Stores that the laws are tried with: one that remembers what was written, one that crashes, one in memory.

import type { DatedStore, ObjectStore, StoredObject } from '#contract/registry/object-store.ts';

/** Keys of the puts that wrote, in order. */
export function recording(store: ObjectStore): { store: ObjectStore; puts: string[] } {
  const puts: string[] = [];
  return {
    puts,
    store: {
      ...store,
      async put(key, bytes, condition) {
        const wrote = await store.put(key, bytes, condition);
        if (wrote) puts.push(key);
        return wrote;
      },
    },
  };
}

/** Throws once at operation number `step`: before it does anything, or after it is done and before it says so. */
export function crashingAt(
  store: ObjectStore,
  step: number,
  when: 'before' | 'after',
): ObjectStore {
  let done = 0;
  const crashing = async <T>(operation: () => Promise<T>): Promise<T> => {
    const isNow = done++ === step;
    if (isNow && when === 'before') throw new Error('crash');
    const answer = await operation();
    if (isNow) throw new Error('crash');
    return answer;
  };
  return {
    location: store.location,
    get: (key) => crashing(() => store.get(key)),
    put: (key, bytes, condition) => crashing(() => store.put(key, bytes, condition)),
    list: (prefix) => crashing(() => store.list(prefix)),
    delete: (key) => crashing(() => store.delete(key)),
  };
}

/** What is done to the store, in order: `get aliases`, `put blobs`, …, whether or not it was answered. */
export function watching(store: ObjectStore): { store: ObjectStore; operations: string[] } {
  const operations: string[] = [];
  const note = (verb: string, key: string): void => {
    const kind = /\/(blobs|versions|aliases)\b/.exec(key)?.[1] ?? 'other';
    operations.push(`${verb} ${kind}`);
  };
  return {
    operations,
    store: {
      location: store.location,
      get: (key) => (note('get', key), store.get(key)),
      put: (key, bytes, condition) => (note('put', key), store.put(key, bytes, condition)),
      list: (prefix) => (note('list', prefix), store.list(prefix)),
      delete: (key) => (note('delete', key), store.delete(key)),
    },
  };
}

/** Nothing but a map: the laws themselves are tried on it first. `now` answers milliseconds since the epoch. */
export function memoryStore(now: () => number = Date.now): DatedStore {
  const objects = new Map<string, StoredObject & { readonly modified: Date }>();
  let writes = 0;
  return {
    location: 'memory',
    get(key) {
      const found = objects.get(key);
      return Promise.resolve(found === undefined ? null : { bytes: found.bytes, etag: found.etag });
    },
    put(key, bytes, condition) {
      const found = objects.get(key);
      const holds = condition === 'absent' ? found === undefined : found?.etag === condition?.etag;
      if (condition !== undefined && !holds) return Promise.resolve(false);
      objects.set(key, { bytes: bytes.slice(), etag: String(++writes), modified: new Date(now()) });
      return Promise.resolve(true);
    },
    list: (prefix) =>
      Promise.resolve([...objects.keys()].filter((key) => key.startsWith(prefix)).sort()),
    entries: (prefix) =>
      Promise.resolve(
        [...objects]
          .filter(([key]) => key.startsWith(prefix))
          .map(([key, { modified }]) => ({ key, modified })),
      ),
    delete(key) {
      objects.delete(key);
      return Promise.resolve();
    },
  };
}
