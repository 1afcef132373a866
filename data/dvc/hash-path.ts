// A file or folder of the working tree → what DVC would say of it.

import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { isErrno } from '../write-file.ts';
import { dirHash, type DirEntry } from './dir-object.ts';
import { inParallel } from './in-parallel.ts';
import { md5OfFile } from './md5.ts';
import { innerPath, type Tree } from './repository.ts';

export interface Hashed {
  readonly md5: string;
  readonly size: number;
  /** Null for a file. */
  readonly nfiles: number | null;
  /** Of a folder, its files; of a file, itself with an empty path. */
  readonly entries: readonly DirEntry[];
}

/** Files that are read at a time. */
const READERS = 8;

/** Null when there is nothing at `place`. */
export async function hashPath(tree: Tree, place: string): Promise<Hashed | null> {
  const found = await stat(place).catch((error: unknown) => {
    if (isErrno(error, 'ENOENT') || isErrno(error, 'ENOTDIR')) return null;
    throw error;
  });
  if (found === null) return null;
  if (!found.isDirectory()) {
    const { md5, size } = await md5OfFile(place);
    return { md5, size, nfiles: null, entries: [{ md5, relpath: '' }] };
  }
  const files = await filesUnder(tree, place);
  const digests = await inParallel(files, READERS, (file) => md5OfFile(path.join(place, file)));
  const entries = files.map((relpath, index) => ({ md5: digests[index]!.md5, relpath }));
  return {
    md5: dirHash(entries),
    size: digests.reduce((sum, { size }) => sum + size, 0),
    nfiles: files.length,
    entries,
  };
}

/** Files below a folder that are not ignored, relative to it. */
export async function filesUnder(
  { root, ignores }: Tree,
  folder: string,
): Promise<readonly string[]> {
  const files: string[] = [];
  const walk = async (inner: string): Promise<void> => {
    for (const entry of await readdir(path.join(folder, inner), { withFileTypes: true })) {
      const relative = inner === '' ? entry.name : `${inner}/${entry.name}`;
      const place = path.join(folder, relative);
      const isDirectory = entry.isSymbolicLink()
        ? (await stat(place)).isDirectory()
        : entry.isDirectory();
      const shown = innerPath(root, place);
      if (ignores.ignores(isDirectory ? `${shown}/` : shown)) continue;
      if (isDirectory) await walk(relative);
      else files.push(relative);
    }
  };
  await walk('');
  return files;
}
