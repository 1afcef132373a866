// From the command line's word to a registry: the local R2 bucket, the deployed one, or a folder.

import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { DatedStore } from '#contract/registry/object-store.ts';
import { folderStore } from './folder.ts';

export const LOCAL_R2 = 'local-r2';
export const REMOTE_R2 = 'r2';

export interface OpenRegistry {
  readonly store: DatedStore;
  close(): Promise<void>;
}

export interface RegistryOptions {
  /** `local-r2`, `r2` (keys from the environment), or a folder. */
  readonly registry: string;
  /** Of the repository: where wrangler.toml is. */
  readonly root: string;
  /** Where wrangler keeps its state. */
  readonly state: string;
}

export async function openRegistry({
  registry,
  root,
  state,
}: RegistryOptions): Promise<OpenRegistry> {
  if (registry === REMOTE_R2) {
    const { parseS3Settings } = await import('./s3/s3-settings.ts');
    const { s3Store } = await import('./s3/s3-store.ts');
    const store = s3Store(parseS3Settings(process.env), { fetch, writeName: randomUUID });
    return { store, close: () => Promise.resolve() };
  }
  if (registry !== LOCAL_R2)
    return { store: folderStore(resolve(registry)), close: () => Promise.resolve() };
  // Loaded here because wrangler takes a second to load, which a folder does not need.
  const { openLocalR2 } = await import('./local-r2.ts');
  return openLocalR2({ config: resolve(root, 'wrangler.toml'), state: resolve(state) });
}
