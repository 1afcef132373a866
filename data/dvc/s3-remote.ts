// A remote in R2 or another S3 service. Objects are named by their MD5, so that an upload may be repeated at will.

import { readFile, writeFile } from 'node:fs/promises';
import type { ObjectStore } from '#contract/registry/object-store.ts';
import { inParallel } from './in-parallel.ts';
import { objectPath } from './object-path.ts';
import type { RemoteObjects } from './remote.ts';

/** Lists that are asked for at a time. */
const LISTS = 8;

/** `prefix` is the address's path without slashes at its ends; empty for the bucket itself. */
export function s3Remote(store: ObjectStore, prefix: string): RemoteObjects {
  const keyOf = (name: string): string =>
    prefix === '' ? objectPath(name) : `${prefix}/${objectPath(name)}`;
  return {
    location: prefix === '' ? store.location : `${store.location}/${prefix}`,
    async present(names) {
      // A list of each folder that is concerned: at most 256, however much the bucket holds.
      const folders = new Set(names.map((name) => keyOf(name).replace(/[^/]+$/, '')));
      const lists = await inParallel([...folders], LISTS, (folder) => store.list(folder));
      const keys = new Set(lists.flat());
      return new Set(names.filter((name) => keys.has(keyOf(name))));
    },
    async send(name, file) {
      await store.put(keyOf(name), await readFile(file));
    },
    async fetch(name, file) {
      const object = await store.get(keyOf(name));
      if (object === null) return false;
      await writeFile(file, object.bytes, { flush: true });
      return true;
    },
  };
}
