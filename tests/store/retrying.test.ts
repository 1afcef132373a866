// A busy bucket is tried again, any other error is not, and a write that failed after it was done counts as done.

import { expect, test } from 'vitest';
import type { DatedStore } from '#contract/registry/object-store.ts';
import { retrying } from '../../store/retrying.ts';
import { crashingAt, memoryStore } from '../contract/stores.ts';

const BUSY = 'put: Unspecified error (0)';
const fast = { retries: 3, minTimeout: 0 };

/** Fails with `message` the first `times` times. */
function failing(times: number, message: string): { store: DatedStore; calls: () => number } {
  const store = memoryStore();
  let calls = 0;
  return {
    calls: () => calls,
    store: {
      ...store,
      put(key, bytes, condition) {
        if (calls++ < times) return Promise.reject(new Error(message));
        return store.put(key, bytes, condition);
      },
    },
  };
}

test('what is busy for a while is written in the end', async () => {
  const { store, calls } = failing(3, BUSY);
  expect(await retrying(store, fast).put('a', Uint8Array.of(1), 'absent')).toBe(true);
  expect(calls()).toBe(4);
});

test('what stays busy is an error', async () => {
  const { store } = failing(99, BUSY);
  await expect(retrying(store, fast).put('a', Uint8Array.of(1))).rejects.toThrow(BUSY);
});

test('any other error is not tried again', async () => {
  const { store, calls } = failing(1, 'no space left on device');
  await expect(retrying(store, fast).put('a', Uint8Array.of(1))).rejects.toThrow('no space left');
  expect(calls()).toBe(1);
});

test('a write that was done, but not said so, is found to be ours', async () => {
  const store = memoryStore();
  const lost = crashingAt(store, 0, 'after');
  const busy: DatedStore = {
    ...store,
    ...lost,
    put: (...words) =>
      lost.put(...words).catch(() => {
        throw new Error(BUSY);
      }),
  };
  expect(await retrying(busy, fast).put('a', Uint8Array.of(1), 'absent')).toBe(true);
  for (const bytes of [Uint8Array.of(2), Uint8Array.of(1)])
    expect(await retrying(store, fast).put('a', bytes, 'absent')).toBe(false);
});
