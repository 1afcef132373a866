// A model's history as one list: versions that were published and aliases that were moved, newest first.

import type { Move } from '#contract/registry/aliases.ts';
import type { Manifest } from '#contract/manifest.ts';
import type { TrafficChange } from '#contract/traffic/traffic.ts';
import type { LiveWords } from './words/en-live.ts';
import type { Words } from './words/en.ts';

export interface TimelineEvent {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly kind: 'published' | 'moved';
  readonly version: string;
  readonly text: string;
  readonly detail: string;
}

export interface Past {
  readonly manifests: readonly Manifest[];
  readonly history: readonly Move[];
  readonly traffic: readonly TrafficChange[];
}

export function timelineOf(
  { manifests, history, traffic }: Past,
  words: Words & LiveWords,
): readonly TimelineEvent[] {
  const { model } = words;
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
  const shared = traffic.map((change): TimelineEvent => ({
    at: change.at,
    kind: 'moved',
    version: change.version,
    text: trafficText(change, words),
    detail: `${change.by}: ${change.reason}`,
  }));
  // A version is made before an alias can point at it, even within one millisecond.
  return [...published, ...moved, ...shared]
    .map((event, place) => ({ event, place }))
    .sort((a, b) => Date.parse(b.event.at) - Date.parse(a.event.at) || b.place - a.place)
    .map(({ event }) => event);
}

function trafficText(change: TrafficChange, { live, numbers }: Words & LiveWords): string {
  const { action, version, from, to } = change;
  const share = (percent: number): string => numbers.percent(percent / 100);
  if (action === 'guardrail') return live.guardrailBroke(version);
  if (action === 'shadow')
    return to === null ? live.shadowEnded(version) : live.shadowBegan(version);
  if (to === null) return live.canaryEnded(version);
  return from === null
    ? live.canaryBegan(version, share(to))
    : live.canaryMoved(version, share(from), share(to));
}
