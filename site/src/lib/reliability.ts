// Reliability bins as a picture and as words: how sure the model was, and how often it was right.

import type { ReliabilityBin } from '#contract/model/metrics.ts';

export interface ReliabilityDot {
  readonly bin: ReliabilityBin;
  /** Places in a square of 100, from its upper left. */
  readonly x: number;
  readonly y: number;
  /** By its area, rows. */
  readonly radius: number;
}

const LARGEST = 6;
const SMALLEST = 1.25;

/** One dot for each bin with rows; below the diagonal where the model is surer than it is right. */
export function dotsOf(bins: readonly ReliabilityBin[]): readonly ReliabilityDot[] {
  const most = Math.max(1, ...bins.map(({ rows }) => rows));
  return bins
    .filter(({ rows }) => rows > 0)
    .map((bin) => ({
      bin,
      x: 100 * bin.confidence,
      y: 100 - 100 * bin.accuracy,
      radius: Math.max(SMALLEST, LARGEST * Math.sqrt(bin.rows / most)),
    }));
}

/** The bin that a probability belongs to; null where there is none. */
export const binOf = (
  bins: readonly ReliabilityBin[],
  probability: number,
): ReliabilityBin | null =>
  bins.find(({ lower, upper }) => probability >= lower && probability <= upper) ?? null;

export type Leaning = 'sure' | 'unsure' | 'fair' | 'few';

/** Fewer rows say nothing. */
export const ENOUGH = 10;

/**
 * Whether held-out rows speak against the mean probability of a bin: it is off by more than two standard errors of the
 * share that was right (binomial).
 */
export function leaningOf({ rows, confidence, accuracy }: ReliabilityBin): Leaning {
  if (rows < ENOUGH) return 'few';
  const error = Math.sqrt((confidence * (1 - confidence)) / rows);
  if (Math.abs(confidence - accuracy) <= 2 * error) return 'fair';
  return confidence > accuracy ? 'sure' : 'unsure';
}
