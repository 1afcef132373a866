// Gradients added up by bin: three numbers a bin (gradient, hessian, rows), for all features in a row.

import { CELLS, type Bins } from './bins.ts';
import type { Range } from './orders.ts';

export type Histogram = Float64Array<ArrayBuffer>;

export interface Gradients {
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
}

export interface BinSplit {
  readonly place: number;
  /** Rows in this bin or below go left; of `isOne`, all rows but those in this bin. */
  readonly bin: number;
  readonly isOne: boolean;
  readonly gain: number;
}

export interface SplitRule {
  /** Added to the hessian of each side. */
  readonly l2: number;
  /** A side has at least as many rows. */
  readonly leafRows: number;
  /** Places in an encoded row that may be asked for. */
  readonly places: Int32Array;
}

/** Histograms for one set of bins; those that are given back are lent again, since a tree takes one for each of its leaves. */
export interface Histograms {
  /** One that is all nought. */
  lend(): Histogram;
  giveBack(histogram: Histogram): void;
}

/** A side whose hessian is less has nothing left to learn. */
const LEAST_HESSIAN = 1e-3;
/** Gains below are rounding. */
const LEAST_GAIN = 1e-9;

export function createHistograms({ starts }: Bins): Histograms {
  const idle: Histogram[] = [];
  return {
    lend: () => idle.pop()?.fill(0) ?? new Float64Array(starts.at(-1)! * CELLS),
    giveBack: (histogram) => idle.push(histogram),
  };
}

/** Adds `rows[range]` to every feature's bins. */
export function addRows(
  histogram: Histogram,
  { cells, width }: Bins,
  { gradients, hessians }: Gradients,
  rows: Int32Array,
  { start, end }: Range,
): void {
  for (let at = start; at < end; at++) {
    const row = rows[at]!;
    const g = gradients[row]!;
    const h = hessians[row]!;
    const last = (row + 1) * width;
    for (let place = row * width; place < last; place++) {
      const cell = cells[place]!;
      histogram[cell]! += g;
      histogram[cell + 1]! += h;
      histogram[cell + 2]! += 1;
    }
  }
}

/** Leaves in `whole` what `part` does not have. */
export function subtract(whole: Histogram, part: Histogram): void {
  for (let cell = 0; cell < whole.length; cell++) whole[cell]! -= part[cell]!;
}

/** What the first feature's bins add up to: the sums of the node, as every other feature's. */
function sumsOf(histogram: Histogram, { starts }: Bins): { g: number; h: number; rows: number } {
  let [g, h, rows] = [0, 0, 0];
  for (let cell = 0; cell < starts[1]! * CELLS; cell += CELLS) {
    g += histogram[cell]!;
    h += histogram[cell + 1]!;
    rows += histogram[cell + 2]!;
  }
  return { g, h, rows };
}

/**
 * The split with the largest gain G²/(H + l2) of both sides less that of the node (Chen and Guestrin 2016, equation 7,
 * without the half); of equals the first. Null when none gains.
 */
export function findBinSplit(
  histogram: Histogram,
  bins: Bins,
  { l2, leafRows, places }: SplitRule,
): BinSplit | null {
  const { starts, isCategory } = bins;
  const { g: total, h: weight, rows: count } = sumsOf(histogram, bins);
  const whole = (total * total) / (weight + l2);
  let bestGain = LEAST_GAIN;
  let [bestPlace, bestBin, isOne] = [-1, -1, false];
  for (const place of places) {
    const first = starts[place]!;
    const last = starts[place + 1]! - 1;
    let [g, h, n] = [0, 0, 0];
    for (let bin = first, cell = first * CELLS; bin < last; bin++, cell += CELLS) {
      const found = histogram[cell + 2]!;
      g += histogram[cell]!;
      h += histogram[cell + 1]!;
      n += found;
      if (n < leafRows || h < LEAST_HESSIAN) continue;
      if (count - n < leafRows || weight - h < LEAST_HESSIAN) break;
      if (found === 0) continue;
      const other = total - g;
      const gain = (g * g) / (h + l2) + (other * other) / (weight - h + l2) - whole;
      if (gain > bestGain) {
        bestGain = gain;
        bestPlace = place;
        bestBin = bin - first;
        isOne = false;
      }
    }
    if (!isCategory[place]!) continue;
    for (let bin = first + 1; bin < last; bin++) {
      const cell = bin * CELLS;
      const own = histogram[cell + 1]!;
      const found = histogram[cell + 2]!;
      if (found < leafRows || count - found < leafRows) continue;
      if (own < LEAST_HESSIAN || weight - own < LEAST_HESSIAN) continue;
      const sum = histogram[cell]!;
      const other = total - sum;
      const gain = (sum * sum) / (own + l2) + (other * other) / (weight - own + l2) - whole;
      if (gain > bestGain) {
        bestGain = gain;
        bestPlace = place;
        bestBin = bin - first;
        isOne = true;
      }
    }
  }
  return bestPlace === -1 ? null : { place: bestPlace, bin: bestBin, isOne, gain: bestGain };
}
