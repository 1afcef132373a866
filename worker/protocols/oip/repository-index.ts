// POST /v2/repository/index: every version of every model, and whether it can serve.

import {
  IntegrityError,
  listModels,
  listVersions,
  readManifest,
} from '#contract/registry/registry.ts';
import type { Gharial } from '../../context.ts';

interface IndexEntry {
  readonly name: string;
  readonly version: string;
  readonly state: 'READY' | 'UNAVAILABLE';
  readonly reason: string;
}

/** With `readyOnly`, versions that cannot serve are left out. A version can serve when its manifest reads. */
export async function repositoryIndex(
  { registry }: Gharial,
  readyOnly: boolean,
): Promise<readonly IndexEntry[]> {
  const models = await listModels(registry);
  const entries = await Promise.all(
    models.map(async (model) => {
      const versions = await listVersions(registry, model);
      return Promise.all(versions.map((version) => entryOf(registry, model, version)));
    }),
  );
  return entries.flat().filter((entry) => !readyOnly || entry.state === 'READY');
}

async function entryOf(
  registry: Gharial['registry'],
  name: string,
  version: string,
): Promise<IndexEntry> {
  try {
    const manifest = await readManifest(registry, name, version);
    if (manifest !== null) return { name, version, state: 'READY', reason: '' };
    return { name, version, state: 'UNAVAILABLE', reason: 'the version is gone' };
  } catch (error) {
    if (!(error instanceof IntegrityError)) throw error;
    return { name, version, state: 'UNAVAILABLE', reason: error.message };
  }
}
