// A registry in a folder: the same keys as the bucket, one file each. Objects appear whole or not at all.

import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { DatedStore, Entry, ObjectStore } from '#contract/registry/object-store.ts';
import { codeOf, withLock } from './file-lock.ts';

/** Unfinished objects and the lock; no key starts with a dot. */
const PRIVATE = '.registry';

export function folderStore(folder: string): DatedStore {
  const pathOf = (key: string): string => {
    const steps = key.split('/');
    if (steps.some((step) => step === '' || step.startsWith('.') || /[\\:\0]/.test(step)))
      throw new Error(`not a key: ${key}`);
    return join(folder, ...steps);
  };
  const get: ObjectStore['get'] = async (key) => {
    const bytes = await readIfThere(pathOf(key));
    return bytes === null ? null : { bytes: new Uint8Array(bytes), etag: etagOf(bytes) };
  };
  /** Hands `place` a finished file beside the object's path; it moves or links it there. */
  const writing = async <T>(
    bytes: Uint8Array,
    place: (temporary: string) => Promise<T>,
  ): Promise<T> => {
    await mkdir(join(folder, PRIVATE), { recursive: true });
    const temporary = join(folder, PRIVATE, randomUUID());
    try {
      await writeFile(temporary, bytes, { flush: true });
      return await place(temporary);
    } finally {
      await rm(temporary, { force: true });
    }
  };
  return {
    location: folder,
    get,
    put(key, bytes, condition) {
      const path = pathOf(key);
      return writing(bytes, async (temporary) => {
        await mkdir(dirname(path), { recursive: true });
        if (condition === 'absent') return linkIfAbsent(temporary, path);
        return withLock(join(folder, PRIVATE, 'lock'), async () => {
          if (condition !== undefined && (await get(key))?.etag !== condition.etag) return false;
          await rename(temporary, path);
          return true;
        });
      });
    },
    async list(prefix) {
      const entries = await readIfThereFolder(folder);
      return entries.filter((key) => key.startsWith(prefix)).sort();
    },
    async entries(prefix) {
      const keys = (await readIfThereFolder(folder)).filter((key) => key.startsWith(prefix));
      const entries = await Promise.all(keys.sort().map((key) => entryAt(key, pathOf(key))));
      return entries.filter((entry) => entry !== null);
    },
    async delete(key) {
      const path = pathOf(key);
      await mkdir(join(folder, PRIVATE), { recursive: true });
      await withLock(join(folder, PRIVATE, 'lock'), () => rm(path, { force: true }));
    },
  };
}

const etagOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR' || codeOf(error) === 'EISDIR')
      return null;
    throw error;
  }
}

/** A hard link is the one step that both fails when there is a file and shows it complete when there is none. */
async function linkIfAbsent(temporary: string, path: string): Promise<boolean> {
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Null when somebody deleted the object since it was listed. */
async function entryAt(key: string, path: string): Promise<Entry | null> {
  try {
    return { key, modified: (await stat(path)).mtime };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

async function readIfThereFolder(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .filter((key) => !key.startsWith('.'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}
