// Cache → remote. What is there already is passed over, so that an upload that was cut off goes on where it stopped.

import { DataError } from '../data-error.ts';
import { cacheIn, type Cache } from './cache.ts';
import { DIR } from './dir-object.ts';
import { inParallel } from './in-parallel.ts';
import { isFolder } from './out.ts';
import type { RemoteObjects } from './remote.ts';
import { innerPath, type Repository } from './repository.ts';
import type { TrackedOut } from './tracked.ts';

/** Objects under way at a time. */
export const LANES = 8;

export type OnProgress = (done: number, total: number) => void;

export interface Pushed {
  readonly sent: number;
  /** Were there already. */
  readonly present: number;
}

/** Throws DataError, having sent nothing, when an object is neither in the remote nor sound in the cache. */
export async function push(
  repository: Repository,
  remote: RemoteObjects,
  { outs, onProgress }: { readonly outs: readonly TrackedOut[]; readonly onProgress: OnProgress },
): Promise<Pushed> {
  const cache = cacheIn(repository.cache);
  const names = await objectsOfAll(cache, outs);
  const present = await remote.present([...names.keys()]);
  const wanted = [...names].filter(([name]) => !present.has(name));
  await inParallel(wanted, LANES, async ([name, { place, by }]) => {
    if (!(await cache.isSound(name)))
      throw new DataError(
        `not in the cache: ${innerPath(repository.root, place)} as ${by} has it (pull it, or track it anew)`,
      );
  });
  let done = 0;
  const send = async (name: string): Promise<void> => {
    await remote.send(name, cache.pathOf(name));
    onProgress(++done, wanted.length);
  };
  onProgress(0, wanted.length);
  // A list in the remote says that its files are there: DVC relies on it.
  const [lists, leaves] = [true, false].map((isList) =>
    wanted.map(([name]) => name).filter((name) => name.endsWith(DIR) === isList),
  );
  await inParallel(leaves!, LANES, send);
  await inParallel(lists!, LANES, send);
  return { sent: wanted.length, present: present.size };
}

/** Names of all objects, each with an out it belongs to. */
export async function objectsOfAll(
  cache: Cache,
  outs: readonly TrackedOut[],
): Promise<ReadonlyMap<string, TrackedOut>> {
  const names = new Map<string, TrackedOut>();
  for (const tracked of outs)
    for (const name of await objectsOf(cache, tracked.out.md5)) names.set(name, tracked);
  return names;
}

/** Names of an out's objects: a folder's list and what it names, or the file alone. */
export async function objectsOf(cache: Cache, md5: string): Promise<readonly string[]> {
  if (!isFolder({ md5 })) return [md5];
  const entries = await cache.readDir(md5);
  return [...new Set((entries ?? []).map((entry) => entry.md5)), md5];
}
