// An R2 bucket as an object store. The worker hands it its binding, the trainer the local bucket that wrangler keeps:
// both have this shape.

import type { DatedStore, Entry } from '#contract/registry/object-store.ts';

interface BucketObject {
  readonly etag: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** The part of R2's binding that is used here. */
export interface Bucket {
  get(key: string): Promise<BucketObject | null>;
  put(
    key: string,
    bytes: Uint8Array,
    options?: { onlyIf?: { etagDoesNotMatch?: string; etagMatches?: string } },
  ): Promise<unknown>;
  list(options: {
    prefix: string;
    cursor?: string;
  }): Promise<{ objects: { key: string; uploaded: Date }[]; truncated: boolean; cursor?: string }>;
  delete(key: string): Promise<void>;
}

export function r2Store(bucket: Bucket, location: string): DatedStore {
  const entries: DatedStore['entries'] = async (prefix) => {
    const found: Entry[] = [];
    let cursor: string | undefined;
    do {
      const page = await bucket.list(cursor === undefined ? { prefix } : { prefix, cursor });
      found.push(...page.objects.map(({ key, uploaded }) => ({ key, modified: uploaded })));
      cursor = page.truncated ? page.cursor : undefined;
    } while (cursor !== undefined);
    return found.sort((a, b) => (a.key < b.key ? -1 : 1));
  };
  return {
    location,
    entries,
    async get(key) {
      const object = await bucket.get(key);
      if (object === null) return null;
      return { bytes: new Uint8Array(await object.arrayBuffer()), etag: object.etag };
    },
    async put(key, bytes, condition) {
      if (condition === undefined) {
        await bucket.put(key, bytes);
        return true;
      }
      const onlyIf =
        condition === 'absent' ? { etagDoesNotMatch: '*' } : { etagMatches: condition.etag };
      return (await bucket.put(key, bytes, { onlyIf })) !== null;
    },
    list: async (prefix) => (await entries(prefix)).map(({ key }) => key),
    delete: (key) => bucket.delete(key),
  };
}
