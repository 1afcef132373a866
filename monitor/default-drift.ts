// Drift of one column by Evidently's default rules (version 0.7), on raw values: which test is used depends on how many rows
// the reference has and how many different values both have together. For tables at hand; live counters use drift.ts.

import {
  chiSquareSurvival,
  ksOneSampleSurvival,
  ksTwoSampleSurvival,
  normalSurvival,
} from './special-functions.ts';
import { jensenShannon, kolmogorovSmirnov, wasserstein } from './distances.ts';

export type ColumnType = 'number' | 'category';
export type DriftTest =
  'kolmogorov_smirnov' | 'chi_square' | 'z_test' | 'wasserstein' | 'jensen_shannon';

export interface DriftDecision {
  readonly test: DriftTest;
  /** A p-value for the first three tests, a distance for the others. */
  readonly score: number;
  readonly threshold: number;
  readonly drifted: boolean;
}

type Value = number | string;

const FEW_ROWS = 1000;
const FEW_VALUES = 5;
const P = 0.05;
const DISTANCE = 0.1;
/** Rows up to which the exact distribution of the K-S statistic is computed. */
const EXACT_KS_ROWS = 10_000;

/** Values without the missing ones. Null where a side has none: nothing can be decided. */
export function defaultDrift(
  type: ColumnType,
  reference: readonly Value[],
  current: readonly Value[],
): DriftDecision | null {
  if (reference.length === 0 || current.length === 0) return null;
  const table = tabulate(reference, current);
  const isMany = type === 'number' && table.keys.length > FEW_VALUES;
  if (reference.length > FEW_ROWS) {
    const distance = isMany
      ? byDistance('wasserstein', normedWasserstein(table))
      : byDistance('jensen_shannon', jensenShannon(table.reference, table.current));
    return distance;
  }
  if (isMany) {
    const score = ksP(table, reference.length, current.length);
    return { test: 'kolmogorov_smirnov', score, threshold: P, drifted: score <= P };
  }
  const [test, score] =
    table.keys.length > 2
      ? (['chi_square', chiP(table)] as const)
      : (['z_test', zP(table)] as const);
  return { test, score, threshold: P, drifted: score < P };
}

const byDistance = (test: DriftTest, score: number): DriftDecision => ({
  test,
  score,
  threshold: DISTANCE,
  drifted: score >= DISTANCE,
});

interface Tabulated {
  /** Different values of both, ascending. */
  readonly keys: readonly Value[];
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

function tabulate(reference: readonly Value[], current: readonly Value[]): Tabulated {
  const counts = new Map<Value, [number, number]>();
  const count = (values: readonly Value[], side: 0 | 1): void => {
    for (const value of values) {
      const found = counts.get(value) ?? [0, 0];
      found[side]++;
      counts.set(value, found);
    }
  };
  count(reference, 0);
  count(current, 1);
  const keys = [...counts.keys()].sort(ascending);
  return {
    keys,
    reference: keys.map((key) => counts.get(key)![0]),
    current: keys.map((key) => counts.get(key)![1]),
  };
}

function ascending(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : 1;
}

function ksP({ reference, current }: Tabulated, n: number, m: number): number {
  const statistic = kolmogorovSmirnov(reference, current);
  if (Math.max(n, m) <= EXACT_KS_ROWS) return ksTwoSampleSurvival(statistic, n, m);
  return ksOneSampleSurvival(statistic, Math.round((n * m) / (n + m)));
}

/** Divided by the reference's standard deviation (population), at least 0.001. */
function normedWasserstein({ keys, reference, current }: Tabulated): number {
  const values = keys.map(Number);
  const rows = reference.reduce((sum, count) => sum + count, 0);
  const mean = values.reduce((sum, value, at) => sum + value * reference[at]!, 0) / rows;
  const squares = values.reduce((sum, value, at) => sum + (value - mean) ** 2 * reference[at]!, 0);
  return wasserstein(values, reference, current) / Math.max(Math.sqrt(squares / rows), 0.001);
}

/** Goodness of fit to the reference's shares, taken as known; 0 when there is a value the reference does not have. */
function chiP({ reference, current }: Tabulated): number {
  const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);
  const scale = sum(current) / sum(reference);
  const statistic = reference.reduce((all, count, at) => {
    const expected = count * scale;
    return all + (current[at]! - expected) ** 2 / expected;
  }, 0);
  return Number.isFinite(statistic) ? chiSquareSurvival(statistic, reference.length - 1) : 0;
}

/** Two-sided test that the share of the second value is the same. */
function zP({ keys, reference, current }: Tabulated): number {
  if (keys.length === 1) return 1;
  const [n, m] = [reference[0]! + reference[1]!, current[0]! + current[1]!];
  const both = (reference[1]! + current[1]!) / (n + m);
  const z = (reference[1]! / n - current[1]! / m) / Math.sqrt(both * (1 - both) * (1 / n + 1 / m));
  return 2 * normalSurvival(Math.abs(z));
}

/** A data set has drifted when half of its columns or more have. */
export const isDatasetDrift = (decisions: readonly DriftDecision[]): boolean =>
  decisions.length > 0 && decisions.filter(({ drifted }) => drifted).length * 2 >= decisions.length;
