// Contributions as bars that begin where the one before ended, on one scale that holds them all.

import type { Contribution } from '#contract/explain/contributions.ts';

export interface WaterfallStep extends Contribution {
  /** Places on the scale, 0 to 1. */
  readonly from: number;
  readonly to: number;
}

export function waterfallOf({
  base_value,
  contributions,
}: {
  readonly base_value: number;
  readonly contributions: readonly Contribution[];
}): readonly WaterfallStep[] {
  const ends = [base_value];
  for (const { contribution } of contributions) ends.push(ends.at(-1)! + contribution);
  const low = Math.min(...ends);
  const width = Math.max(...ends) - low || 1;
  return contributions.map((each, at) => ({
    ...each,
    from: (ends[at]! - low) / width,
    to: (ends[at + 1]! - low) / width,
  }));
}

/** In the place of a feature's name, which always has a letter: what is left after the strongest. */
export const OTHERS = '';

/** The first `most` contributions, then all others as one. */
export function withOthers(
  contributions: readonly Contribution[],
  most: number,
): readonly Contribution[] {
  const rest = contributions.slice(most);
  const contribution = rest.reduce((sum, each) => sum + each.contribution, 0);
  return [...contributions.slice(0, most), { feature: OTHERS, value: null, contribution }];
}
