// Files appear whole or not at all.

import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Writes `content` under a name of its own, then renames it to `file`. Makes the folders that are missing. */
export async function writeWhole(file: string, content: Uint8Array): Promise<void> {
  const unfinished = `${file}.${randomUUID()}.part`;
  await mkdir(path.dirname(file), { recursive: true });
  try {
    await writeFile(unfinished, content, { flush: true });
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** Writes only when the file does not hold `content` already. Answers whether it wrote. */
export async function writeIfStale(file: string, content: Uint8Array): Promise<boolean> {
  const there = await readIfThere(file);
  if (there !== null && Buffer.compare(there, content) === 0) return false;
  await writeWhole(file, content);
  return true;
}

/** The bytes of a file, or null when there is none. */
export async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return null;
    throw error;
  }
}

/** Whether a system call failed with this code. */
export function isErrno(error: unknown, code: string): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && error.code === code;
}
