// The R2 bucket that wrangler keeps on this machine, through the same binding the Worker gets.

import { join } from 'node:path';
import { getPlatformProxy } from 'wrangler';
import type { DatedStore } from '#contract/object-store.ts';
import { r2Store, type Bucket } from '#contract/r2-store.ts';
import { retrying } from './retrying.ts';

export interface LocalR2Options {
  /** wrangler.toml, which names the bucket. */
  readonly config: string;
  /** Where wrangler keeps its state: `wrangler dev --persist-to`. */
  readonly state: string;
}

/** Open until `close`; a `wrangler dev` may use the same state meanwhile. */
export async function openLocalR2(
  options: LocalR2Options,
): Promise<{ store: DatedStore; close: () => Promise<void> }> {
  const proxy = await getPlatformProxy<{ MODELS: Bucket }>({
    configPath: options.config,
    // `v3` is what wrangler itself adds to the folder it is given.
    persist: { path: join(options.state, 'v3') },
    envFiles: [],
    remoteBindings: false,
  });
  const store = r2Store(proxy.env.MODELS, 'local R2');
  return { store: retrying(store), close: () => proxy.dispose() };
}
