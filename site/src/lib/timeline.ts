// A model's history as one list: versions that were published and aliases that were moved, newest first.

import type { Move } from '#contract/aliases.ts';
import type { Manifest } from '#contract/manifest.ts';
import type { Words } from './words/en.ts';

export interface TimelineEvent {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly kind: 'published' | 'moved';
  readonly version: string;
  readonly text: string;
  readonly detail: string;
}

export function timelineOf(
  manifests: readonly Manifest[],
  history: readonly Move[],
  { model }: Words,
): readonly TimelineEvent[] {
  const published = manifests.map(({ created_at, version, training, data }): TimelineEvent => ({
    at: created_at,
    kind: 'published',
    version,
    text: model.made(version),
    detail: model.madeOf(training.algorithm, data.rows),
  }));
  const moved = history.map(({ at, alias, from, to, by, reason }): TimelineEvent => ({
    at,
    kind: 'moved',
    version: to,
    text: from === null ? model.became(to, alias) : model.moved(alias, from, to),
    detail: `${by}: ${reason}`,
  }));
  // A version is made before an alias can point at it, even within one millisecond.
  return [...published, ...moved]
    .map((event, place) => ({ event, place }))
    .sort((a, b) => Date.parse(b.event.at) - Date.parse(a.event.at) || b.place - a.place)
    .map(({ event }) => event);
}
