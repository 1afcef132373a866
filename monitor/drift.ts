// How far the live rows of a period lie from the reference, feature by feature, from counters alone.

import type { FeatureReference, Reference } from '#contract/model/reference.ts';
import { ABOVE, BELOW, FIRST_BIN, MISSING, type Counters } from './counters.ts';
import {
  chiSquare,
  jensenShannon,
  kolmogorovSmirnov,
  lInfinity,
  psi,
  total,
  wasserstein,
} from './distances.ts';
import { adjustedP } from './multiple-testing.ts';

export interface FeatureDrift {
  readonly name: string;
  readonly rows: number;
  readonly psi: number;
  readonly jensen_shannon: number;
  readonly l_infinity: number;
  /** Null for categories, which have no order. */
  readonly kolmogorov_smirnov: number | null;
  /** In standard deviations of the reference; null for categories. */
  readonly wasserstein: number | null;
  /** Chi-square test, adjusted for the number of features tested (Benjamini-Hochberg). */
  readonly p: number;
  /** Both large (PSI) and more than chance (p). */
  readonly drifted: boolean;
}

/** A change smaller than this is not worth a look, however many rows prove it. */
export const PSI_THRESHOLD = 0.1;
/** Share of false findings among the findings. */
export const FALSE_DISCOVERY_RATE = 0.05;
/** Cells of about equal size that fine bins are joined to. */
const CELLS = 10;
const MAX_CATEGORIES = 20;
const NO_DATA = { psi: 0, jensen_shannon: 0, l_infinity: 0 } as const;

/** In the order of the reference's features. */
export function driftOf({ features }: Reference, counters: Counters): readonly FeatureDrift[] {
  const cells = features.map((feature, index) => cellsOf(feature, counters.features[index]!));
  const p = adjustedP(cells.map(({ reference, current }) => chiSquare(reference, current).p));
  return features.map((feature, index) => {
    const { reference, current } = cells[index]!;
    const rows = total(current);
    const isOrdered = feature.type === 'number' && rows > 0;
    const distances =
      rows === 0
        ? NO_DATA
        : {
            psi: psi(reference, current),
            jensen_shannon: jensenShannon(reference, current),
            l_infinity: lInfinity(reference, current),
          };
    return {
      name: feature.name,
      rows,
      ...distances,
      kolmogorov_smirnov: isOrdered ? ordered(feature, counters.features[index]!) : null,
      wasserstein: isOrdered ? moved(feature, counters.features[index]!) : null,
      p: p[index]!,
      drifted: distances.psi >= PSI_THRESHOLD && p[index]! <= FALSE_DISCOVERY_RATE,
    };
  });
}

interface Cells {
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

/** Outside values count with the outermost cell, where the next training row could have been; missing ones by themselves. */
function cellsOf(feature: FeatureReference, counts: readonly number[]): Cells {
  const bins = counts.slice(FIRST_BIN);
  const groups = groupsOf(feature);
  const join = (values: readonly number[]): number[] =>
    groups.map((places) => places.reduce((sum, place) => sum + (values[place] ?? 0), 0));
  const [reference, current] = [join(feature.counts), join(bins)];
  const last = groups.length - 1;
  current[feature.type === 'number' ? 0 : last]! += counts[BELOW]!;
  current[last]! += counts[ABOVE]!;
  if (feature.type === 'category') reference[last]! += feature.unknown;
  return {
    reference: [...reference, feature.missing],
    current: [...current, counts[MISSING]!],
  };
}

/** By cell: the places of its bins. The last cell of categories is for the rare and unknown ones. */
function groupsOf(feature: FeatureReference): readonly (readonly number[])[] {
  const places = feature.counts.map((_, place) => place);
  if (feature.type === 'category') {
    const common = places
      .filter((place) => feature.counts[place]! > 0)
      .sort((a, b) => feature.counts[b]! - feature.counts[a]! || a - b)
      .slice(0, MAX_CATEGORIES);
    return [...common.map((place) => [place]), places.filter((place) => !common.includes(place))];
  }
  const rows = total(feature.counts);
  const groups: number[][] = [[]];
  let before = 0;
  places.forEach((place) => {
    if (groups.at(-1)!.length > 0 && before >= (groups.length * rows) / CELLS) groups.push([]);
    groups.at(-1)!.push(place);
    before += feature.counts[place]!;
  });
  return groups;
}

type Numbers = Extract<FeatureReference, { type: 'number' }>;

const withOutside = (feature: Numbers, counts: readonly number[]): Cells => ({
  reference: [0, ...feature.counts, 0],
  current: [counts[BELOW]!, ...counts.slice(FIRST_BIN), counts[ABOVE]!],
});

function ordered(feature: Numbers, counts: readonly number[]): number {
  const { reference, current } = withOutside(feature, counts);
  return kolmogorovSmirnov(reference, current);
}

/** A bin's rows stand in its middle, values outside at the ends of the training range: a lower bound of the distance. */
function moved(feature: Numbers, counts: readonly number[]): number {
  const { minimum, maximum, edges, sd } = feature;
  const ends = [minimum, ...edges, maximum];
  const middles = feature.counts.map((_, bin) => (ends[bin]! + ends[bin + 1]!) / 2);
  const { reference, current } = withOutside(feature, counts);
  return wasserstein([minimum, ...middles, maximum], reference, current) / Math.max(sd, 1e-3);
}
