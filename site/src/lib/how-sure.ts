// How far a probability can be believed: what held-out rows of the same sureness turned out to be.

import type { Metrics } from '#contract/model/metrics.ts';
import { binOf, ENOUGH } from './reliability.ts';
import type { Words } from './words/en.ts';

/** A sentence, or null where the version has no figures about it. */
export function howSure(
  { reliability, model }: Metrics,
  probability: number,
  { predict }: Words,
): string | null {
  const bin = binOf(reliability ?? [], probability);
  if (bin !== null && bin.rows >= ENOUGH)
    return predict.sureBin(bin.rows, bin.lower, bin.upper, bin.accuracy);
  return model.ece === undefined ? null : predict.sureMean(model.ece.mean);
}
