// What every route finds at hand: the registry and the predictors of this isolate.

import type { ObjectStore } from '#contract/object-store.ts';
import type { Env } from './env.ts';
import { createExplainerLoader, type ExplainerLoader } from './inference/load-explainer.ts';
import { createVersionLoader } from './inference/load-version.ts';
import { createResolver, type Resolver } from './inference/resolve.ts';
import { createAliasCache, type AliasCache, type Later } from './registry/alias-cache.ts';
import { openRegistry } from './registry/open-registry.ts';

export interface Gharial {
  readonly registry: ObjectStore;
  readonly aliases: AliasCache;
  readonly resolver: Resolver;
  readonly explainers: ExplainerLoader;
}

export interface Context {
  Bindings: Env;
  Variables: {
    gharial: Gharial;
    later: Later;
    requestId: string;
  };
}

/** One per isolate and bucket; `now` answers milliseconds. */
export function createGharial(bucket: R2Bucket, now: () => number): Gharial {
  const registry = openRegistry(bucket);
  const aliases = createAliasCache(registry, now);
  return {
    registry,
    aliases,
    resolver: createResolver(registry, aliases, createVersionLoader(registry, now)),
    explainers: createExplainerLoader(registry, now),
  };
}
