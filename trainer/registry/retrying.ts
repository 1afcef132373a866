// A store that waits its turn: a running `wrangler dev` and the trainer share one SQLite file, and who finds it locked
// gets an error that does not say so.

import { setTimeout as wait } from 'node:timers/promises';
import type { ObjectStore } from '#contract/object-store.ts';

const ATTEMPTS = 10;
const FIRST_WAIT_MS = 25;
const LONGEST_WAIT_MS = 1000;

/** What two processes on one local bucket were seen to get. */
const IS_BUSY = /Unspecified error|Network connection lost|SQLITE_BUSY|SQLITE_LOCKED|is locked/;

/** Repeats what fails because somebody else is writing, after 25 ms, 50 ms, … Other errors pass at once. */
export function retrying(
  store: ObjectStore,
  sleep: (ms: number) => Promise<unknown> = wait,
): ObjectStore {
  const retry = async <T>(operation: (attempt: number) => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await operation(attempt);
      } catch (error) {
        if (attempt === ATTEMPTS || !IS_BUSY.test(String(error))) throw error;
        await sleep(Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS));
      }
    }
  };
  return {
    location: store.location,
    get: (key) => retry(() => store.get(key)),
    put: (key, bytes, condition) =>
      retry(async (attempt) => {
        if (await store.put(key, bytes, condition)) return true;
        // The attempt that failed may have written all the same: then the condition was met, by it.
        return attempt > 1 && isEqual((await store.get(key))?.bytes, bytes);
      }),
    list: (prefix) => retry(() => store.list(prefix)),
    delete: (key) => retry(() => store.delete(key)),
  };
}

function isEqual(found: Uint8Array | undefined, bytes: Uint8Array): boolean {
  return found?.length === bytes.length && found.every((byte, place) => byte === bytes[place]);
}
