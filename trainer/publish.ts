// Adds the version to the registry, and lets it answer.

import { CHAMPION, type Move } from '#contract/aliases.ts';
import type { ObjectStore } from '#contract/object-store.ts';
import { promote, publish, readAliases, type Publication } from '#contract/registry.ts';
import type { Pack } from './pack.ts';

export interface Release extends Publication {
  /** Null when the version was made champion by an earlier run. */
  readonly move: Move | null;
  /** The version that answers now. */
  readonly champion: string;
}

/**
 * Publishes, then promotes. A version that was champion before is left where it is: somebody moved the alias off it,
 * or it still is. A run that was cut off between the two steps is finished by the next.
 */
export async function release(store: ObjectStore, { draft, files }: Pack): Promise<Release> {
  const publication = await publish(store, draft, files);
  const { model, version } = publication.manifest;
  const { aliases, history } = await readAliases(store, model);
  const current = aliases[CHAMPION];
  const wasChampion = history.some((move) => move.alias === CHAMPION && move.to === version);
  if (current !== undefined && wasChampion)
    return { ...publication, move: null, champion: current };
  const move = await promote(store, model, {
    alias: CHAMPION,
    to: version,
    by: 'trainer',
    reason: 'newest version; the ONNX file answers as the trainer did',
    at: draft.created_at,
  });
  return { ...publication, move, champion: version };
}
