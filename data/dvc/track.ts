// A folder becomes tracked: its bytes go into the cache, a pointer for git stands beside it.

import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { DataError } from '../data-error.ts';
import { readIfThere, writeIfStale } from '../write-file.ts';
import { cacheIn } from './cache.ts';
import { formatDirObject } from './dir-object.ts';
import { inParallel } from './in-parallel.ts';
import { hashPath, type Hashed } from './hash-path.ts';
import { formatPointer } from './pointer.ts';
import type { Repository } from './repository.ts';

export const pointerOf = (place: string): string => `${place}.dvc`;

/** Files that are copied at a time. */
const LANES = 8;

/** Answers whether the pointer changed. Throws DataError when nothing is there. */
export async function trackPath(repository: Repository, place: string): Promise<boolean> {
  const hashed = await hashPath(repository, place);
  if (hashed === null) throw new DataError(`nothing to track: ${place}`);
  await intoCache(repository, place, hashed);
  await keepOutOfGit(repository, place);
  const { md5, size, nfiles } = hashed;
  const text = formatPointer([{ path: path.basename(place), md5, size, nfiles }]);
  return await writeIfStale(pointerOf(place), new TextEncoder().encode(text));
}

/** Leaf files before the list that names them, so that a list in the cache is a folder in the cache. */
export async function intoCache(
  { cache }: Repository,
  place: string,
  { entries, md5, nfiles }: Hashed,
): Promise<void> {
  const objects = cacheIn(cache);
  const byName = new Map(entries.map((entry) => [entry.md5, entry.relpath]));
  await inParallel([...byName], LANES, ([name, relpath]) =>
    objects.addFile(name, path.join(place, relpath)),
  );
  if (nfiles !== null) await objects.addText(md5, formatDirObject(entries));
}

/** What git does not ignore already gets a line in the .gitignore beside it, as DVC does. */
async function keepOutOfGit({ root }: Repository, place: string): Promise<void> {
  if (await isIgnored(root, place)) return;
  const file = path.join(path.dirname(place), '.gitignore');
  const lines = ((await readIfThere(file))?.toString() ?? '')
    .split('\n')
    .filter((line) => line !== '');
  const line = `/${path.basename(place)}`;
  if (lines.includes(line)) return;
  await writeIfStale(file, new TextEncoder().encode(`${[...lines, line].join('\n')}\n`));
}

/** Also true where there is no git to ask. */
async function isIgnored(root: string, place: string): Promise<boolean> {
  try {
    await promisify(execFile)('git', ['-C', root, 'check-ignore', '-q', place]);
    return true;
  } catch (error) {
    // 1 says that it is not ignored; anything else, that this is no repository of git, or that there is no git.
    return !(error instanceof Error && 'code' in error && error.code === 1);
  }
}
