// How far apart two distributions over the same bins are. All take counts by bin, in the same order; none looks at values.

import { chiSquareSurvival } from './special-functions.ts';

type Counts = readonly number[];

/** Stands for an empty bin's share, so that PSI stays finite. */
const EMPTY_SHARE = 1e-4;

export const total = (counts: Counts): number => counts.reduce((sum, count) => sum + count, 0);

/** Counts as shares of their sum; all 0 when there are none. */
export function sharesOf(counts: Counts): readonly number[] {
  const sum = total(counts);
  return counts.map((count) => (sum === 0 ? 0 : count / sum));
}

/**
 * Population stability index: Σ (p − q) ln(p / q), an empty bin's share taken as 1e-4 (Siddiqi, Credit Risk Scorecards,
 * 2006). By convention 0.1 is a change worth a look and 0.25 a large one.
 */
export function psi(reference: Counts, current: Counts): number {
  const [p, q] = [sharesOf(reference), sharesOf(current)];
  return p.reduce((sum, _, bin) => {
    const [a, b] = [Math.max(p[bin]!, EMPTY_SHARE), Math.max(q[bin]!, EMPTY_SHARE)];
    return sum + (a - b) * Math.log(a / b);
  }, 0);
}

/**
 * Jensen-Shannon distance, natural logarithm: the square root of the mean divergence of both from their middle
 * (Endres & Schindelin 2003). 0 for equal shares, √(ln 2) = 0.833 for shares that never meet.
 */
export function jensenShannon(reference: Counts, current: Counts): number {
  const [p, q] = [sharesOf(reference), sharesOf(current)];
  const part = (a: number, middle: number): number => (a === 0 ? 0 : a * Math.log(a / middle));
  const divergence = p.reduce((sum, a, bin) => {
    const b = q[bin]!;
    const middle = (a + b) / 2;
    return sum + part(a, middle) + part(b, middle);
  }, 0);
  return Math.sqrt(Math.max(0, divergence) / 2);
}

/** The largest difference of a bin's shares: 0 to 1. */
export function lInfinity(reference: Counts, current: Counts): number {
  const [p, q] = [sharesOf(reference), sharesOf(current)];
  return p.reduce((most, a, bin) => Math.max(most, Math.abs(a - q[bin]!)), 0);
}

/** The two-sample Kolmogorov-Smirnov statistic of ordered bins: the largest difference of cumulative shares. */
export function kolmogorovSmirnov(reference: Counts, current: Counts): number {
  return cumulativeDifferences(reference, current).reduce(
    (most, difference) => Math.max(most, Math.abs(difference)),
    0,
  );
}

/**
 * Wasserstein distance of order 1 of ordered bins, in the unit of `positions`: each bin's rows stand at its position,
 * ascending.
 */
export function wasserstein(
  positions: readonly number[],
  reference: Counts,
  current: Counts,
): number {
  return cumulativeDifferences(reference, current).reduce((sum, difference, bin) => {
    const next = positions[bin + 1];
    return next === undefined ? sum : sum + Math.abs(difference) * (next - positions[bin]!);
  }, 0);
}

function cumulativeDifferences(reference: Counts, current: Counts): readonly number[] {
  const [p, q] = [sharesOf(reference), sharesOf(current)];
  let difference = 0;
  return p.map((share, bin) => (difference += share - q[bin]!));
}

export interface ChiSquare {
  readonly statistic: number;
  readonly df: number;
  readonly p: number;
}

/**
 * Pearson's chi-square test that both counts come from one distribution: a contingency table of two rows, without
 * Yates' correction. Bins that are empty in both are left out; p is 1 where fewer than two remain or a side has no rows.
 */
export function chiSquare(reference: Counts, current: Counts): ChiSquare {
  const [n, m] = [total(reference), total(current)];
  let statistic = 0;
  let bins = 0;
  reference.forEach((a, bin) => {
    const b = current[bin]!;
    const both = a + b;
    if (both === 0) return;
    bins++;
    const [expectedA, expectedB] = [(both * n) / (n + m), (both * m) / (n + m)];
    if (n > 0) statistic += (a - expectedA) ** 2 / expectedA;
    if (m > 0) statistic += (b - expectedB) ** 2 / expectedB;
  });
  const df = Math.max(0, bins - 1);
  if (df === 0 || n === 0 || m === 0) return { statistic: 0, df, p: 1 };
  return { statistic, df, p: chiSquareSurvival(statistic, df) };
}
