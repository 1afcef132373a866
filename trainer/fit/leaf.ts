// What a leaf answers. A leaf of three rows that agree is not certain: a few rows spread over the classes are added.

import type { Range } from './orders.ts';

/**
 * Float32 probabilities of the labels at a leaf, (nc + s/k) / (n + s) with s = `smoothing` rows spread evenly over the
 * k labels (Lidstone's rule; the Laplace correction of Provost and Domingos 2003 is s = k).
 */
export function leafProbabilities(
  codes: Int32Array,
  labels: number,
  smoothing: number,
  order: Int32Array,
  { start, end }: Range,
): Float32Array {
  const counts = new Float64Array(labels).fill(smoothing / labels);
  for (let place = start; place < end; place++) counts[codes[order[place]!]!]!++;
  return Float32Array.from(counts, (count) => count / (end - start + smoothing));
}

/** The float32 mean at a leaf, with `smoothing` rows of `prior` added. */
export function leafMean(
  values: Float64Array,
  prior: number,
  smoothing: number,
  order: Int32Array,
  { start, end }: Range,
): number {
  let sum = smoothing * prior;
  for (let place = start; place < end; place++) sum += values[order[place]!]!;
  return Math.fround(sum / (end - start + smoothing));
}
