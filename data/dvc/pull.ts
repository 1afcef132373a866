// Remote → cache → the files themselves. Bytes are hashed before they take a place, and nothing that is only here is lost.

import { rm } from 'node:fs/promises';
import path from 'node:path';
import { DataError } from '../data-error.ts';
import { cacheIn, type Cache } from './cache.ts';
import { compareOut } from './compare-out.ts';
import type { DirEntry } from './dir-object.ts';
import { hashPath } from './hash-path.ts';
import { inParallel } from './in-parallel.ts';
import { isFolder } from './out.ts';
import { cloneFile, placeFile } from './place-file.ts';
import { LANES, type OnProgress } from './push.ts';
import type { RemoteObjects } from './remote.ts';
import { innerPath, type Repository } from './repository.ts';
import { type TrackedOut } from './tracked.ts';
import { intoCache } from './track.ts';

export interface PullOptions {
  readonly outs: readonly TrackedOut[];
  /** Whether files that are in no version give way, too. */
  readonly force: boolean;
  readonly onProgress: OnProgress;
}

export interface Pulled {
  /** Objects that came from the remote. */
  readonly fetched: number;
  /** Files that were written or removed, from the repository's root. */
  readonly changed: readonly string[];
}

/** `remote` is null where there is none: then what the cache has must do. */
export async function pull(
  repository: Repository,
  remote: RemoteObjects | null,
  { outs, force, onProgress }: PullOptions,
): Promise<Pulled> {
  const cache = cacheIn(repository.cache);
  const fetch = async (name: string, shown: string): Promise<void> => {
    if (remote === null) throw new DataError(`not in the cache, and there is no remote: ${shown}`);
    const from = `${remote.location}: ${shown}`;
    const placing = { name, from, readOnly: true };
    if (!(await placeFile(cache.pathOf(name), placing, (file) => remote.fetch(name, file))))
      throw new DataError(`not in ${remote.location}: ${shown} (was it pushed?)`);
  };
  let [fetched, total] = [0, 0];
  const ensure = async (wanted: readonly DirEntry[], shown: string): Promise<void> => {
    const unique = new Map(wanted.map(({ md5, relpath }) => [md5, relpath]));
    const sound = await inParallel([...unique.keys()], LANES, (md5) => cache.isSound(md5));
    const lacking = [...unique].filter((_, place) => !sound[place]);
    total += lacking.length;
    await inParallel(lacking, LANES, async ([md5, relpath]) => {
      await fetch(md5, path.posix.join(shown, relpath));
      onProgress(++fetched, total);
    });
  };
  const changed: string[] = [];
  for (const tracked of outs) {
    const { place, out } = tracked;
    const shown = innerPath(repository.root, place);
    const here = await hashPath(repository, place);
    if (here !== null && here.md5 === out.md5) {
      await intoCache(repository, place, here);
      continue;
    }
    if (isFolder(out)) await ensure([{ md5: out.md5, relpath: '' }], shown);
    const entries = await entriesOf(cache, tracked, shown);
    await ensure(entries, shown);
    changed.push(...(await checkOut(repository, tracked, { entries, force })));
  }
  return { fetched, changed };
}

async function entriesOf(
  cache: Cache,
  { out }: TrackedOut,
  shown: string,
): Promise<readonly DirEntry[]> {
  if (!isFolder(out)) return [{ md5: out.md5, relpath: '' }];
  try {
    return (await cache.readDir(out.md5)) ?? [];
  } catch (cause) {
    throw new DataError(`${shown}: its list of files cannot be read`, { cause });
  }
}

/** Makes the working tree what is tracked, out of the cache. Throws DataError, and changes nothing, where it would lose something. */
async function checkOut(
  repository: Repository,
  tracked: TrackedOut,
  { entries, force }: { readonly entries: readonly DirEntry[]; readonly force: boolean },
): Promise<readonly string[]> {
  const cache = cacheIn(repository.cache);
  const { place, out } = tracked;
  const { found, differences } = await compareOut(repository, tracked, entries);
  const shownOf = (relpath: string): string =>
    innerPath(repository.root, path.join(place, relpath));
  if (found !== null && isFolder(out) !== (found.nfiles !== null))
    throw new DataError(`${shownOf('')}: a file where a folder is tracked, or the reverse`);
  const present = new Map(found?.entries.map(({ relpath, md5 }) => [relpath, md5]));
  const different = new Set(differences.map(({ relpath }) => relpath));
  const lost = [...present].filter(([relpath, md5]) => different.has(relpath) && !cache.has(md5));
  if (lost.length > 0 && !force)
    throw new DataError(
      `in no version, and would be lost: ${lost.map(([relpath]) => shownOf(relpath)).join(', ')} (--track keeps it, --force gives it up)`,
    );
  const wanted = new Map(entries.map(({ relpath, md5 }) => [relpath, md5]));
  const stale = [...wanted].filter(([relpath, md5]) => present.get(relpath) !== md5);
  await inParallel(stale, LANES, async ([relpath, name]) => {
    const placing = { name, from: shownOf(relpath), readOnly: false };
    await placeFile(path.join(place, relpath), placing, (file) =>
      cloneFile(cache.pathOf(name), file),
    );
  });
  const extra = [...present.keys()].filter((relpath) => !wanted.has(relpath));
  for (const relpath of extra) await rm(path.join(place, relpath));
  return [...stale.map(([relpath]) => relpath), ...extra].map(shownOf);
}
