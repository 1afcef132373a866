// A store that waits its turn: a running `wrangler dev` and the trainer share one SQLite file, and who finds it locked
// gets an error that does not say so.

import pRetry, { type Options } from 'p-retry';
import type { DatedStore } from '#contract/registry/object-store.ts';

/** What two processes on one local bucket were seen to get. */
const IS_BUSY =
  /Unspecified error|internal error|Network connection lost|SQLITE_BUSY|SQLITE_LOCKED|is locked/;

const BACKOFF: Options = { retries: 9, minTimeout: 25, maxTimeout: 1000, randomize: true };

/** Repeats what fails because somebody else is writing, for some seconds. Other errors pass at once. */
export function retrying(store: DatedStore, backoff: Options = BACKOFF): DatedStore {
  const retry = <T>(operation: (attempt: number) => Promise<T>): Promise<T> =>
    pRetry(operation, {
      ...backoff,
      shouldRetry: ({ error }) => IS_BUSY.test(error.message),
    });
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
    entries: (prefix) => retry(() => store.entries(prefix)),
    delete: (key) => retry(() => store.delete(key)),
  };
}

/** Whether an object that was found is the one that was to be written: how a writer knows that its lost answer was a yes. */
function isEqual(found: Uint8Array | undefined, bytes: Uint8Array): boolean {
  return found?.length === bytes.length && found.every((byte, place) => byte === bytes[place]);
}
