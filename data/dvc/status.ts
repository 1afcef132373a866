// Is everything as it is tracked, in the cache, and in the remote? And which stages would run?

import path from 'node:path';
import { cacheIn } from './cache.ts';
import { compareOut, type Comparison } from './compare-out.ts';
import { isFolder } from './out.ts';
import { objectsOf } from './push.ts';
import { innerPath, type Repository } from './repository.ts';
import { stageChanges } from './stage-state.ts';
import type { Tracked, TrackedOut } from './tracked.ts';

export interface StatusLine {
  /** A tracked file or folder, or a stage. */
  readonly name: string;
  /** What is wrong; empty when it is up to date. */
  readonly faults: readonly string[];
  /** Files that differ, each with how. */
  readonly details: readonly string[];
}

/** `pushed`: objects that are in the remote; null where there is none to compare with. */
export async function statusOf(
  repository: Repository,
  { outs, stages }: Tracked,
  pushed: ReadonlySet<string> | null,
): Promise<readonly StatusLine[]> {
  const lines: StatusLine[] = [];
  for (const tracked of outs) lines.push(await outStatus(repository, tracked, pushed));
  for (const { name, ...stage } of stages)
    lines.push({ name, faults: await stageChanges(repository, stage), details: [] });
  return lines;
}

async function outStatus(
  repository: Repository,
  tracked: TrackedOut,
  pushed: ReadonlySet<string> | null,
): Promise<StatusLine> {
  const cache = cacheIn(repository.cache);
  const { place, out } = tracked;
  const name = innerPath(repository.root, place);
  const entries = isFolder(out) ? await cache.readDir(out.md5) : null;
  const comparison = await compareOut(repository, tracked, entries);
  const objects = await objectsOf(cache, out.md5);
  const faults = treeFaults(comparison);
  if (objects.some((object) => !cache.has(object))) faults.push('not in the cache');
  if (pushed !== null && objects.some((object) => !pushed.has(object))) faults.push('not pushed');
  const details = comparison.differences
    .filter(({ relpath }) => relpath !== '')
    .map(({ kind, relpath }) => `${kind.padEnd(8)} ${path.posix.join(name, relpath)}`);
  return { name, faults, details };
}

function treeFaults({ found, same }: Comparison): string[] {
  if (found === null) return ['missing'];
  return same ? [] : ['modified'];
}
