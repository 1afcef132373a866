// How far a probability can be believed: what held-out rows of the same sureness turned out to be.

import type { Metrics } from '#contract/metrics.ts';
import { count, percent } from './words.ts';

/** Fewer rows say nothing. */
const ENOUGH = 10;

/** A sentence, or null where the version has no figures about it. */
export function howSure({ reliability, model }: Metrics, probability: number): string | null {
  const bin = reliability?.find(({ lower, upper }) => probability >= lower && probability <= upper);
  if (bin !== undefined && bin.rows >= ENOUGH)
    return `Of ${count(bin.rows)} held-out rows it was ${percent(bin.lower)} to ${percent(bin.upper)} sure of, it was right on ${percent(bin.accuracy)}.`;
  if (model.ece === undefined) return null;
  return `On held-out rows its probabilities were off by ${percent(model.ece.mean)} on average.`;
}
