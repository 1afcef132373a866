// From the command line's word to a registry: the local R2 bucket, or a folder.

import { resolve } from 'node:path';
import type { ObjectStore } from '#contract/object-store.ts';
import { folderStore } from './folder-store.ts';

export const LOCAL_R2 = 'local-r2';

export interface OpenRegistry {
  readonly store: ObjectStore;
  close(): Promise<void>;
}

export interface RegistryOptions {
  /** `local-r2`, or a folder. */
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
  if (registry !== LOCAL_R2)
    return { store: folderStore(resolve(registry)), close: () => Promise.resolve() };
  // Loaded here because wrangler takes a second to load, which a folder does not need.
  const { openLocalR2 } = await import('./local-r2-store.ts');
  return openLocalR2({ config: resolve(root, 'wrangler.toml'), state: resolve(state) });
}
