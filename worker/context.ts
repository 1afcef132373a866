// What every route finds at hand: the registry and the predictors of this isolate.

import type { ObjectStore } from '#contract/registry/object-store.ts';
import type { Env } from './env.ts';
import { createExplainerLoader, type ExplainerLoader } from './inference/load-explainer.ts';
import { createVersionLoader } from './inference/load-session.ts';
import { createResolver, type Resolver } from './inference/resolve-session.ts';
import { createAliasCache, type AliasCache, type Later } from './registry/alias-cache.ts';
import { cachedBlobs, type BlobCache } from './registry/cached-blobs.ts';
import { openRegistry } from './registry/open-registry.ts';
import { createTrust } from './registry/trust.ts';
import { createCounting, type Counting } from './traffic/counting.ts';
import { createTrials } from './traffic/trials.ts';

export interface Gharial {
  readonly registry: ObjectStore;
  readonly aliases: AliasCache;
  readonly resolver: Resolver;
  readonly explainers: ExplainerLoader;
  readonly counting: Counting;
}

/** A route finds it as `c.env`: handed over once, where middlewares and variables would cost each request some. */
export interface Context {
  Bindings: {
    readonly settings: Env;
    readonly gharial: Gharial;
    readonly later: Later;
    readonly requestId: string;
  };
}

/** What the platform gives beside the bindings. */
export interface Surroundings {
  /** Answers milliseconds since the epoch. */
  now(): number;
  /** Null for storage without a cache before it. */
  readonly blobs: BlobCache | null;
}

/** One per isolate. */
export function createGharial(
  { MODELS, TRUSTED_KEYS, TRAFFIC }: Env,
  { now, blobs }: Surroundings,
): Gharial {
  const storage = openRegistry(MODELS);
  const registry = blobs === null ? storage : cachedBlobs(storage, blobs);
  const counter = TRAFFIC === undefined ? null : (model: string) => TRAFFIC.getByName(model);
  const counting = createCounting(counter, now);
  const aliases = createAliasCache(registry, {
    now,
    async refreshed(model, found) {
      if (await counting.tell(model, found)) aliases.forget(model);
    },
  });
  const trust = createTrust(TRUSTED_KEYS);
  const versions = createVersionLoader(registry, { trust, counting, now });
  const trials = createTrials(versions, { counting, now });
  return {
    registry,
    aliases,
    resolver: createResolver(registry, { aliasCache: aliases, versions, trials }),
    counting,
    explainers: createExplainerLoader(registry, now),
  };
}
