// .dvc/cache: every object that was tracked or pulled on this machine, once, named by its hash.

import { existsSync } from 'node:fs';
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseDirObject, type DirEntry } from './dir-object.ts';
import { objectPath } from './object-path.ts';
import { checkFile, cloneFile, CorruptError, placeFile } from './place-file.ts';

export interface Cache {
  pathOf(name: string): string;
  has(name: string): boolean;
  /** Takes a copy of the file. Throws CorruptError when it does not have the hash. */
  addFile(name: string, file: string): Promise<void>;
  addText(name: string, text: string): Promise<void>;
  /** Whether the object is there with the bytes its name says; what is damaged is deleted. */
  isSound(name: string): Promise<boolean>;
  /** The files of a folder's list, or null when the list is not here. Throws ParseError when it is none. */
  readDir(name: string): Promise<readonly DirEntry[] | null>;
}

export function cacheIn(folder: string): Cache {
  const pathOf = (name: string): string => path.join(folder, ...objectPath(name).split('/'));
  const has = (name: string): boolean => existsSync(pathOf(name));
  const add = async (
    name: string,
    from: string,
    fill: (unfinished: string) => Promise<true>,
  ): Promise<void> => {
    if (has(name)) return;
    await placeFile(pathOf(name), { name, from, readOnly: true }, fill);
  };
  return {
    pathOf,
    has,
    addFile: (name, file) => add(name, file, (unfinished) => cloneFile(file, unfinished)),
    addText: (name, text) =>
      add(name, name, async (unfinished) => {
        await writeFile(unfinished, text, { flush: true });
        return true;
      }),
    async isSound(name) {
      if (!has(name)) return false;
      try {
        await checkFile(pathOf(name), name, pathOf(name));
        return true;
      } catch (error) {
        if (!(error instanceof CorruptError)) throw error;
        // Windows deletes nothing that is only to be read.
        await chmod(pathOf(name), 0o644);
        await rm(pathOf(name));
        return false;
      }
    },
    async readDir(name) {
      return has(name) ? parseDirObject(await readFile(pathOf(name), 'utf8')) : null;
    },
  };
}
