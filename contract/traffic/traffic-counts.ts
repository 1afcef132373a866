// What is counted of a version while it serves. Counts of isolates add up; none of them says anything of a request.

import type { Observed } from './guardrail.ts';

export interface Counts extends Observed {
  readonly rows: number;
  /** Requests that did not fit the model: their sender's doing. */
  readonly refused: number;
  /** Timed requests by latency: one more than there are bounds. */
  readonly latency: readonly number[];
}

/** Upper bounds of the latency histogram, in milliseconds; what takes longer is in the last place. */
export const LATENCY_BOUNDS_MS = [0.5, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024] as const;

export const NO_COUNTS: Counts = {
  requests: 0,
  rows: 0,
  refused: 0,
  errors: 0,
  compared: 0,
  disagreements: 0,
  timed: 0,
  latency_ms: 0,
  latency: Array.from({ length: LATENCY_BOUNDS_MS.length + 1 }, () => 0),
};

/** The place of a latency in the histogram. */
export function latencyPlace(milliseconds: number): number {
  const place = LATENCY_BOUNDS_MS.findIndex((bound) => milliseconds <= bound);
  return place < 0 ? LATENCY_BOUNDS_MS.length : place;
}

export const addCounts = (a: Counts, b: Counts): Counts => combine(a, b, (x, y) => x + y);

/** What came to `before` since. */
export const subtractCounts = (now: Counts, before: Counts): Counts =>
  combine(now, before, (x, y) => x - y);

function combine(a: Counts, b: Counts, of: (x: number, y: number) => number): Counts {
  return {
    requests: of(a.requests, b.requests),
    rows: of(a.rows, b.rows),
    refused: of(a.refused, b.refused),
    errors: of(a.errors, b.errors),
    compared: of(a.compared, b.compared),
    disagreements: of(a.disagreements, b.disagreements),
    timed: of(a.timed, b.timed),
    latency_ms: of(a.latency_ms, b.latency_ms),
    latency: a.latency.map((count, place) => of(count, b.latency[place] ?? 0)),
  };
}

/** Whether anything was counted at all. */
export const isNothing = ({ requests, refused, errors, compared }: Counts): boolean =>
  requests === 0 && refused === 0 && errors === 0 && compared === 0;
