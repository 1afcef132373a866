// Gradients added up by bin: three numbers a bin (gradient, hessian, rows), for all features in a row.

import type { Bins } from './bins.ts';
import type { Range } from './orders.ts';

export type Histogram = Float64Array<ArrayBuffer>;

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
}

/** A side whose hessian is less has nothing left to learn. */
const LEAST_HESSIAN = 1e-3;
/** Gains below are rounding. */
const LEAST_GAIN = 1e-9;

export const createHistogram = ({ starts }: Bins): Histogram =>
  new Float64Array(starts.at(-1)! * 3);

export function fillHistogram(
  histogram: Histogram,
  { codes, starts }: Bins,
  { rows, range, gradients, hessians }: Gradients & { rows: Int32Array; range: Range },
): void {
  histogram.fill(0);
  const { start, end } = range;
  // Once in the order of the node's rows, rather than out of order for every feature.
  const g = new Float64Array(end - start);
  const h = new Float64Array(end - start);
  for (let at = start; at < end; at++) {
    g[at - start] = gradients[rows[at]!]!;
    h[at - start] = hessians[rows[at]!]!;
  }
  for (let place = 0; place < codes.length; place++) {
    const bins = codes[place]!;
    const offset = starts[place]! * 3;
    for (let at = start; at < end; at++) {
      const cell = offset + bins[rows[at]!]! * 3;
      histogram[cell]! += g[at - start]!;
      histogram[cell + 1]! += h[at - start]!;
      histogram[cell + 2]! += 1;
    }
  }
}

export interface Gradients {
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
}

/** Leaves in `whole` what `part` does not have. */
export function subtract(whole: Histogram, part: Histogram): void {
  for (let cell = 0; cell < whole.length; cell++) whole[cell]! -= part[cell]!;
}

/**
 * The split with the largest gain G²/(H + l2) of both sides less that of the node (Chen and Guestrin 2016, equation 7,
 * without the half); of equals the first. Null when none gains.
 */
export function findBinSplit(
  histogram: Histogram,
  { starts, isCategory }: Bins,
  { l2, leafRows }: SplitRule,
): BinSplit | null {
  let best: BinSplit | null = null;
  let bestGain = LEAST_GAIN;
  let [total, weight, count] = [0, 0, 0];
  for (let cell = 0; cell < starts[1]! * 3; cell += 3) {
    total += histogram[cell]!;
    weight += histogram[cell + 1]!;
    count += histogram[cell + 2]!;
  }
  if (count < 2 * leafRows) return null;
  const whole = (total * total) / (weight + l2);
  for (let place = 0; place + 1 < starts.length; place++) {
    const first = starts[place]!;
    const last = starts[place + 1]! - 1;
    let [g, h, n] = [0, 0, 0];
    for (let bin = first; bin < last; bin++) {
      const found = histogram[bin * 3 + 2]!;
      if (found === 0) continue;
      g += histogram[bin * 3]!;
      h += histogram[bin * 3 + 1]!;
      n += found;
      if (n < leafRows || h < LEAST_HESSIAN) continue;
      if (count - n < leafRows || weight - h < LEAST_HESSIAN) break;
      const gain = (g * g) / (h + l2) + (total - g) ** 2 / (weight - h + l2) - whole;
      if (gain > bestGain) {
        bestGain = gain;
        best = { place, bin: bin - first, isOne: false, gain };
      }
    }
    if (!isCategory[place]!) continue;
    for (let bin = first + 1; bin < last; bin++) {
      const own = histogram[bin * 3 + 1]!;
      const found = histogram[bin * 3 + 2]!;
      if (found < leafRows || count - found < leafRows) continue;
      if (own < LEAST_HESSIAN || weight - own < LEAST_HESSIAN) continue;
      const sum = histogram[bin * 3]!;
      const gain = sum ** 2 / (own + l2) + (total - sum) ** 2 / (weight - own + l2) - whole;
      if (gain > bestGain) {
        bestGain = gain;
        best = { place, bin: bin - first, isOne: true, gain };
      }
    }
  }
  return best;
}
