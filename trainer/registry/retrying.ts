// A store that waits its turn: a running `wrangler dev` and the trainer share one SQLite file, and one of them may find it locked.

import { setTimeout as wait } from 'node:timers/promises';
import type { ObjectStore } from '#contract/object-store.ts';

const ATTEMPTS = 8;
const FIRST_WAIT_MS = 50;

const IS_BUSY = /SQLITE_BUSY|SQLITE_LOCKED|database is locked|database table is locked/;

/** Repeats what fails because of a lock, after 50 ms, 100 ms, 200 ms, … Other errors pass at once. */
export function retrying(
  store: ObjectStore,
  sleep: (ms: number) => Promise<unknown> = wait,
): ObjectStore {
  const retry = async <T>(operation: () => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await operation();
      } catch (error) {
        if (attempt === ATTEMPTS || !IS_BUSY.test(String(error))) throw error;
        await sleep(FIRST_WAIT_MS * 2 ** (attempt - 1));
      }
    }
  };
  return {
    location: store.location,
    get: (key) => retry(() => store.get(key)),
    put: (key, bytes, condition) => retry(() => store.put(key, bytes, condition)),
    list: (prefix) => retry(() => store.list(prefix)),
    delete: (key) => retry(() => store.delete(key)),
  };
}
