// Interrupted uploads leave files that no version names. This finds them and, when they are old enough to be nobody's
// work in progress, deletes them.

import { parseManifestKey } from '#contract/registry/keys.ts';
import type { DatedStore, Entry } from '#contract/registry/object-store.ts';
import { listVersions, requireVersion } from '#contract/registry/registry.ts';

export interface SweepOptions {
  /** Files written since then are left alone. */
  readonly before: Date;
  readonly dryRun: boolean;
}

export interface Sweep {
  /** Keys that were deleted, or would be. */
  readonly swept: readonly string[];
  /** Named by no version, and too young to say whether one will name them. */
  readonly young: readonly string[];
  /** Files that versions name. */
  readonly named: number;
}

const BLOB = /^([^/]+)\/blobs\/([0-9a-f]{64})$/;

/** Throws IntegrityError, and deletes nothing of that model, when one of its manifests cannot be read. */
export async function sweep(store: DatedStore, { before, dryRun }: SweepOptions): Promise<Sweep> {
  const entries = await store.entries('');
  const [swept, young]: [string[], string[]] = [[], []];
  let named = 0;
  for (const model of modelsOf(entries)) {
    const names = await namedHashes(store, model);
    for (const { key, modified } of entries) {
      const [, owner, hash] = BLOB.exec(key) ?? [];
      if (owner !== model || hash === undefined) continue;
      if (names.has(hash)) named++;
      else if (modified >= before) young.push(key);
      else if (dryRun || (await deleteIfOld(store, key, { model, hash, before }))) swept.push(key);
      else young.push(key);
    }
  }
  return { swept, young, named };
}

function modelsOf(entries: readonly Entry[]): Set<string> {
  const models = entries.map(({ key }) => BLOB.exec(key)?.[1] ?? parseManifestKey(key)?.model);
  return new Set(models.filter((model) => model !== undefined));
}

async function namedHashes(store: DatedStore, model: string): Promise<Set<string>> {
  const names = new Set<string>();
  for (const version of await listVersions(store, model)) {
    const { files } = await requireVersion(store, model, version);
    for (const { sha256 } of Object.values(files)) names.add(sha256);
  }
  return names;
}

interface Candidate {
  readonly model: string;
  readonly hash: string;
  readonly before: Date;
}

/** Looks again right before: a publisher who needs the same file writes it anew, which makes it young, and then names it. */
async function deleteIfOld(
  store: DatedStore,
  key: string,
  { model, hash, before }: Candidate,
): Promise<boolean> {
  const names = await namedHashes(store, model);
  const present = (await store.entries(key)).find((entry) => entry.key === key);
  if (present === undefined || present.modified >= before || names.has(hash)) return false;
  await store.delete(key);
  return true;
}

export function sweepText({ swept, young, named }: Sweep, dryRun: boolean): string {
  const lines = [
    ...swept.map((key) => `${dryRun ? 'would delete' : 'deleted'} ${key}`),
    ...young.map((key) => `left alone  ${key} (too young)`),
    `${swept.length} files ${dryRun ? 'would be swept' : 'swept'}, ${young.length} too young, ${named} in use`,
  ];
  return lines.join('\n');
}
