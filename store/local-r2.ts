// The R2 bucket that wrangler keeps on this machine, through the same binding the Worker gets.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getPlatformProxy, unstable_readConfig } from 'wrangler';
import type { DatedStore } from '#contract/registry/object-store.ts';
import { r2Store, type Bucket } from './r2.ts';
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
  const folder = await mkdtemp(join(tmpdir(), 'gharial-r2-'));
  const proxy = await getPlatformProxy<{ MODELS: Bucket }>({
    configPath: await bucketConfig(options.config, folder),
    // `v3` is what wrangler itself adds to the folder it is given.
    persist: { path: join(options.state, 'v3') },
    envFiles: [],
    remoteBindings: false,
  });
  const store = r2Store(proxy.env.MODELS, 'local R2');
  const close = async (): Promise<void> => {
    await proxy.dispose();
    await rm(folder, { recursive: true, force: true });
  };
  return { store: retrying(store), close };
}

/** The buckets of a configuration alone: its Durable Objects need a Worker, and wrangler warns that there is none. */
async function bucketConfig(config: string, folder: string): Promise<string> {
  const { name, compatibility_date, r2_buckets } = unstable_readConfig({ config });
  const path = join(folder, 'wrangler.json');
  await writeFile(path, JSON.stringify({ name, compatibility_date, r2_buckets }));
  return path;
}
