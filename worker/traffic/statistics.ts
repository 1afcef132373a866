// What an isolate counts of one version, from when it was asked for first. Sessions come and go; this stays.

import { NO_COUNTS, type Counts } from '#contract/traffic/traffic-counts.ts';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

export interface Statistics extends Mutable<Omit<Counts, 'latency'>> {
  readonly latency: number[];
  /** Milliseconds inside the runtime; a deployed Worker's clock stands still while it computes. */
  run_ms: number;
  /** Milliseconds since the epoch; 0 before the first request. */
  last_ms: number;
}

export const noStatistics = (): Statistics => ({
  ...NO_COUNTS,
  latency: [...NO_COUNTS.latency],
  run_ms: 0,
  last_ms: 0,
});
