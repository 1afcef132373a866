// A remote that is a folder: a disk, a network drive, a synchronised folder.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { isErrno } from '../write-file.ts';
import { objectPath } from './object-path.ts';
import { cloneFile, placeFile } from './place-file.ts';
import type { RemoteObjects } from './remote.ts';

export function folderRemote(folder: string): RemoteObjects {
  const pathOf = (name: string): string => path.join(folder, ...objectPath(name).split('/'));
  return {
    location: folder,
    present: (names) => Promise.resolve(new Set(names.filter((name) => existsSync(pathOf(name))))),
    async send(name, file) {
      await placeFile(pathOf(name), { name, from: file, readOnly: true }, (unfinished) =>
        cloneFile(file, unfinished),
      );
    },
    async fetch(name, file) {
      try {
        return await cloneFile(pathOf(name), file);
      } catch (error) {
        if (isErrno(error, 'ENOENT')) return false;
        throw error;
      }
    },
  };
}
