// The R2 binding as a registry store that tries a failed read again: object storage has bad moments, and a local R2
// shares its database with whoever publishes. Storage that keeps failing is a 503, and not the client's doing.

import pRetry from 'p-retry';
import type { ObjectStore } from '#contract/registry/object-store.ts';
import { ProblemError } from '#contract/problem.ts';
import { r2Store } from '#store/r2.ts';

const RETRIES = { retries: 3, minTimeout: 40, maxTimeout: 400, randomize: true };

export function openRegistry(bucket: R2Bucket): ObjectStore {
  const store = r2Store(bucket, 'R2');
  return {
    ...store,
    get: (key) => reading(() => store.get(key)),
    list: (prefix) => reading(() => store.list(prefix)),
  };
}

async function reading<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await pRetry(read, RETRIES);
  } catch (cause) {
    throw new ProblemError('not_ready', 'storage does not answer now', { cause });
  }
}
