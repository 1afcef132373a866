// On how many rows two versions say something else: another label, or numbers further apart than the tolerance.

import type { Target } from '#contract/signature.ts';
import { likeliest } from '../inference/likeliest.ts';

export interface Answers {
  readonly target: Target;
  readonly rows: number;
  /** In the target's unit; null for labels. */
  readonly tolerance: number | null;
}

/** Outputs are row-major, of as many values a row in both. What is no number agrees with nothing but its like. */
export function disagreements(
  one: Float32Array,
  other: Float32Array,
  { target, rows, tolerance }: Answers,
): number {
  if (target.type === 'number') return countFar(one, other, tolerance ?? 0);
  const width = target.labels.length;
  const labels = likeliest(other, rows, width);
  return likeliest(one, rows, width).filter((label, row) => label !== labels[row]).length;
}

function countFar(one: Float32Array, other: Float32Array, tolerance: number): number {
  let far = 0;
  for (let row = 0; row < one.length; row++) {
    const [a, b] = [one[row]!, other[row]!];
    const isNear = Math.abs(a - b) <= tolerance || Object.is(a, b);
    if (!isNear) far++;
  }
  return far;
}
