// What every route finds at hand: the registry and the predictors of this isolate.

import type { ObjectStore } from '#contract/object-store.ts';
import type { Env } from './env.ts';
import { createExplainerLoader, type ExplainerLoader } from './inference/load-explainer.ts';
import { createVersionLoader } from './inference/load-session.ts';
import { createResolver, type Resolver } from './inference/resolve-session.ts';
import { createAliasCache, type AliasCache, type Later } from './registry/alias-cache.ts';
import { openRegistry } from './registry/open-registry.ts';
import { createTrust } from './registry/trust.ts';

export interface Gharial {
  readonly registry: ObjectStore;
  readonly aliases: AliasCache;
  readonly resolver: Resolver;
  readonly explainers: ExplainerLoader;
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

/** One per isolate; `now` answers milliseconds. */
export function createGharial({ MODELS, TRUSTED_KEYS }: Env, now: () => number): Gharial {
  const registry = openRegistry(MODELS);
  const aliases = createAliasCache(registry, now);
  const versions = createVersionLoader(registry, { trust: createTrust(TRUSTED_KEYS), now });
  return {
    registry,
    aliases,
    resolver: createResolver(registry, aliases, versions),
    explainers: createExplainerLoader(registry, now),
  };
}
