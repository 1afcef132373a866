// Objects and files get their place by a rename, after their bytes were hashed: never half, never wrong.

import { constants, existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { DIR } from './dir-object.ts';
import { md5OfFile } from './md5.ts';

/** Bytes that are not what their name says. */
export class CorruptError extends Error {
  constructor(where: string, { expected, found }: { expected: string; found: string }) {
    super(`${where}: its MD5 is ${found} in place of ${expected}`);
    this.name = 'CorruptError';
  }
}

export interface Placing {
  /** The MD5 it must have, `.dir` behind it or not. */
  readonly name: string;
  /** For messages. */
  readonly from: string;
  /** Objects are only read from then on, as DVC has it. */
  readonly readOnly: boolean;
}

/**
 * Has `fill` write a file beside `place`, hashes it, and moves it there. Throws CorruptError, and leaves what was at
 * `place`, when the hash is another. Answers false when `fill` does, which means that there is nothing to write.
 */
export async function placeFile(
  place: string,
  { name, from, readOnly }: Placing,
  fill: (unfinished: string) => Promise<boolean>,
): Promise<boolean> {
  const unfinished = `${place}.${randomUUID()}.part`;
  if (!existsSync(path.dirname(place))) await mkdir(path.dirname(place), { recursive: true });
  try {
    if (!(await fill(unfinished))) return false;
    await checkFile(unfinished, name, from);
    await chmod(unfinished, readOnly ? 0o444 : 0o644);
    await rename(unfinished, place);
    return true;
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** Throws CorruptError when the file's bytes are not what `name` says; `where` is for the message. */
export async function checkFile(file: string, name: string, where: string): Promise<void> {
  const expected = name.replace(DIR, '');
  const { md5: found } = await md5OfFile(file);
  if (found !== expected) throw new CorruptError(where, { expected, found });
}

/** Copies as a clone where the file system can. */
export async function cloneFile(from: string, to: string): Promise<true> {
  await copyFile(from, to, constants.COPYFILE_FICLONE);
  return true;
}
