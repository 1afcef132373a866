// Adds the version to the registry, and lets it answer if the gate finds it good enough.

import { CHAMPION, type Move } from '#contract/registry/aliases.ts';
import { challenge } from '#contract/registry/challenge.ts';
import type { Verdict } from '#contract/registry/gate.ts';
import type { ObjectStore } from '#contract/registry/object-store.ts';
import {
  ConflictError,
  publish,
  readAliases,
  type Publication,
} from '#contract/registry/registry.ts';
import type { Sign } from '#contract/registry/signing.ts';
import type { Pack } from './pack.ts';

export interface Release extends Publication {
  /** Null when the gate stayed closed, or the version was made champion by an earlier run. */
  readonly move: Move | null;
  /** The version that answers now; null when none does. */
  readonly champion: string | null;
  /** What the gate found; null when it was not asked. */
  readonly verdict: Verdict | null;
}

/** Times a champion may change while a version is compared with it. */
const ATTEMPTS = 5;

/**
 * Publishes, then promotes through the gate. A version that was champion before is left where it is: somebody moved the
 * alias off it, or it still is. A run that was cut off between the two steps is finished by the next.
 */
export async function release(
  store: ObjectStore,
  { draft, files }: Pack,
  options: { readonly sign?: Sign | undefined } = {},
): Promise<Release> {
  const publication = await publish(store, draft, files, options);
  return offer(store, publication, draft.created_at);
}

/** The second half of a release: `at` is the time that the history gets. */
export async function offer(
  store: ObjectStore,
  publication: Publication,
  at: string,
): Promise<Release> {
  const { model, version } = publication.manifest;
  for (let attempt = 1; ; attempt++) {
    const { aliases, history, retired } = await readAliases(store, model);
    const current = aliases[CHAMPION];
    const wasChampion = history.some((move) => move.alias === CHAMPION && move.to === version);
    if (current !== undefined && (wasChampion || Object.hasOwn(retired, version)))
      return { ...publication, move: null, champion: current, verdict: null };
    try {
      const { move, verdict } = await challenge(store, model, {
        alias: CHAMPION,
        to: version,
        by: 'trainer',
        reason: 'newest version; the gate is open to it',
        at,
      });
      const champion = move === null ? (current ?? null) : version;
      return { ...publication, move, champion, verdict };
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === ATTEMPTS) throw error;
    }
  }
}
