// The R2 binding as a registry store that tries a failed read again: object storage has bad moments, and a local R2
// shares its database with whoever publishes.

import pRetry from 'p-retry';
import type { ObjectStore } from '#contract/object-store.ts';
import { r2Store } from '#contract/r2-store.ts';

const RETRIES = { retries: 3, minTimeout: 40, maxTimeout: 400, randomize: true };

export function openRegistry(bucket: R2Bucket): ObjectStore {
  const store = r2Store(bucket, 'R2');
  return {
    ...store,
    get: (key) => pRetry(() => store.get(key), RETRIES),
    list: (prefix) => pRetry(() => store.list(prefix), RETRIES),
  };
}
