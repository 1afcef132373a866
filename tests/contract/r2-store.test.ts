// The bucket's pages, which no test fills for real: a list goes on until the bucket says that it is done.

import { expect, test } from 'vitest';
import { r2Store, type Bucket } from '#store/r2.ts';

test('a list has the keys of every page, however many there are', async () => {
  const keys = Array.from({ length: 2500 }, (_, index) => `m/${String(index).padStart(4, '0')}`);
  const asked: (string | undefined)[] = [];
  const bucket: Bucket = {
    get: () => Promise.resolve(null),
    put: () => Promise.resolve(null),
    delete: () => Promise.resolve(),
    list({ prefix, cursor }) {
      asked.push(cursor);
      expect(prefix).toBe('m/');
      const from = Number(cursor ?? 0);
      const objects = keys.slice(from, from + 1000).map((key) => ({ key, uploaded: new Date(0) }));
      const truncated = from + 1000 < keys.length;
      return Promise.resolve({
        objects,
        truncated,
        ...(truncated && { cursor: String(from + 1000) }),
      });
    },
  };
  expect(await r2Store(bucket, 'a bucket').list('m/')).toEqual(keys);
  expect(asked).toEqual([undefined, '1000', '2000']);
});
