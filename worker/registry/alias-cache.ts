// alias → version, believed for seconds: fresh aliases are used as they are, older ones are read again behind the request,
// and only an isolate that has not looked for a while waits for storage.

import { NO_ALIASES, type Aliases } from '#contract/registry/aliases.ts';
import type { ObjectStore } from '#contract/registry/object-store.ts';
import { readAliases } from '#contract/registry/registry.ts';
import { ALIAS_FRESH_MS, ALIAS_STALE_MS } from '../limits.ts';
import { log } from '../log.ts';

/** Work that may outlive the response; the platform's `ctx.waitUntil`. */
export type Later = (work: Promise<unknown>) => void;

export interface AliasCache {
  /** The aliases of a model as of some seconds ago; none for a model that has none. */
  read(model: string, later: Later): Promise<Aliases>;
  /** The same where nothing has to be read for it, now or behind the request; null otherwise. */
  fresh(model: string): Aliases | null;
  /** The next read asks storage: the aliases were just moved here. */
  forget(model: string): void;
}

interface Entry {
  aliases: Aliases;
  readAt: number;
  refreshing: Promise<void> | null;
}

export interface AliasCacheOptions {
  /** Answers milliseconds. */
  readonly now: () => number;
  /** Told whenever aliases were read again; nobody waits for what it does. Never rejects. */
  refreshed(model: string, aliases: Aliases): Promise<void>;
}

/** Entries are kept for the models that were asked for and have aliases. */
export function createAliasCache(
  store: ObjectStore,
  { now, refreshed }: AliasCacheOptions,
): AliasCache {
  const entries = new Map<string, Entry>();

  const refresh = (model: string, entry: Entry): Promise<void> => {
    entry.refreshing ??= readAliases(store, model)
      .then((aliases) => {
        entry.aliases = aliases;
        entry.readAt = now();
      })
      .finally(() => {
        entry.refreshing = null;
      });
    return entry.refreshing;
  };

  const readFirst = async (model: string): Promise<Aliases> => {
    const aliases = await readAliases(store, model);
    if (aliases !== NO_ALIASES) entries.set(model, { aliases, readAt: now(), refreshing: null });
    return aliases;
  };

  return {
    async read(model, later) {
      const entry = entries.get(model);
      if (entry === undefined) return readFirst(model);
      const age = now() - entry.readAt;
      if (age < ALIAS_FRESH_MS) return entry.aliases;
      const isFirst = entry.refreshing === null;
      const done = refresh(model, entry).catch((error: Error) => {
        // What is known stays true until storage says otherwise; the next try is a while away.
        entry.readAt = now();
        log('alias_refresh_failed', { model, reason: error.message });
      });
      later(isFirst ? done.then(() => refreshed(model, entry.aliases)) : done);
      if (age >= ALIAS_STALE_MS) await done;
      return entry.aliases;
    },
    fresh(model) {
      const entry = entries.get(model);
      return entry !== undefined && now() - entry.readAt < ALIAS_FRESH_MS ? entry.aliases : null;
    },
    forget(model) {
      entries.delete(model);
    },
  };
}
