// A report's files → its folder, all or none: what is there stays until everything new is written beside it.

import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Replaces `folder`. Nothing waits here, so Ctrl-C comes before or after, never in between. */
export function writeFolder(folder: string, files: Readonly<Record<string, string>>): void {
  const beside = `${folder}.new`;
  rmSync(beside, { recursive: true, force: true });
  mkdirSync(beside, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(beside, name), text);
  rmSync(folder, { recursive: true, force: true });
  renameSync(beside, folder);
}
