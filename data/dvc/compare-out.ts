// What is tracked beside what is there.

import type { DirEntry } from './dir-object.ts';
import { hashPath, type Hashed } from './hash-path.ts';
import { isFolder } from './out.ts';
import type { Repository } from './repository.ts';
import type { TrackedOut } from './tracked.ts';

export interface Difference {
  /** `missing` from the folder, `modified` in it, `new` in it. */
  readonly kind: 'missing' | 'modified' | 'new';
  /** Within the folder; empty for a tracked file itself. */
  readonly relpath: string;
}

export interface Comparison {
  /** Null when nothing is there. */
  readonly found: Hashed | null;
  readonly same: boolean;
  /** File by file; empty also when the list of a folder is not at hand. */
  readonly differences: readonly Difference[];
}

/** `entries`: the files of a tracked folder, or null when its list is not in the cache. */
export async function compareOut(
  repository: Repository,
  { place, out }: TrackedOut,
  entries: readonly DirEntry[] | null,
): Promise<Comparison> {
  const found = await hashPath(repository, place);
  if (found === null) return { found, same: false, differences: [] };
  if (found.md5 === out.md5) return { found, same: true, differences: [] };
  const wanted = isFolder(out) ? entries : [{ md5: out.md5, relpath: '' }];
  return { found, same: false, differences: wanted === null ? [] : differ(wanted, found.entries) };
}

function differ(wanted: readonly DirEntry[], there: readonly DirEntry[]): readonly Difference[] {
  const [before, now] = [wanted, there].map(
    (entries) => new Map(entries.map(({ relpath, md5 }) => [relpath, md5])),
  );
  const differences: Difference[] = [];
  for (const { relpath, md5 } of wanted) {
    const present = now!.get(relpath);
    if (present === undefined) differences.push({ kind: 'missing', relpath });
    else if (present !== md5) differences.push({ kind: 'modified', relpath });
  }
  for (const { relpath } of there)
    if (!before!.has(relpath)) differences.push({ kind: 'new', relpath });
  return differences;
}
