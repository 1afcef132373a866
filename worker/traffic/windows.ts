// A window that slides over reports: slots of a twelfth of it, summed up. What is older than the window is let go.

import type { Observed } from '#contract/traffic/guardrail.ts';

/** Of what was reported from `at` on, for as long as a slot is. */
export interface Slot extends Observed {
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface Window {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly length_ms: number;
}

const SLOTS = 12;

const NOTHING: Observed = {
  requests: 0,
  errors: 0,
  compared: 0,
  disagreements: 0,
  timed: 0,
  latency_ms: 0,
};

/** The slots with a report in the last of them. */
export function withObserved(
  slots: readonly Slot[],
  observed: Observed,
  { now, length_ms }: Window,
): readonly Slot[] {
  const kept = slots.filter(({ at }) => at > now - length_ms);
  const last = kept.at(-1);
  if (last === undefined || now - last.at >= length_ms / SLOTS)
    return [...kept, { ...add(NOTHING, observed), at: now }];
  return [...kept.slice(0, -1), { ...add(last, observed), at: last.at }];
}

/** Everything that was reported within the window. */
export const observedIn = (slots: readonly Slot[], { now, length_ms }: Window): Observed =>
  slots.filter(({ at }) => at > now - length_ms).reduce<Observed>(add, NOTHING);

const add = (a: Observed, b: Observed): Observed => ({
  requests: a.requests + b.requests,
  errors: a.errors + b.errors,
  compared: a.compared + b.compared,
  disagreements: a.disagreements + b.disagreements,
  timed: a.timed + b.timed,
  latency_ms: a.latency_ms + b.latency_ms,
});
