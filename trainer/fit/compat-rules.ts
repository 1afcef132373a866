// ml-cart's own formulas, in its own order of operations: equal in real numbers to those of the criteria, and not in floats.

import type { DistributionClass } from 'ml-cart';
import type { CompatRule } from './compat.ts';
import { giniCriterion, squaredErrorCriterion } from './criterion.ts';

/** Relative size of what rounding can do to a score; far above the truth, since a candidate too many costs only time. */
const ROUNDING = 1e-9;

export function giniRule(codes: Int32Array, Distribution: DistributionClass): CompatRule {
  const labels = codes.reduce((most, code) => Math.max(most, code + 1), 0);
  const gain: CompatRule['gain'] = (rows, goesLeft) => {
    const greater = rows.filter((row) => goesLeft[row] === 0);
    const lesser = rows.filter((row) => goesLeft[row] === 1);
    let impurity = 0;
    for (const side of [greater, lesser])
      impurity += (giniImpurity(shares(side, codes, labels)) * side.length) / rows.length;
    return giniImpurity(shares(rows, codes, labels)) - impurity;
  };
  return {
    criterion: giniCriterion(codes, labels),
    gain,
    worst: -Infinity,
    isBetter: (a, b) => a > b,
    tolerance: (rows) => ROUNDING * rows.length,
    leaf: (rows) => {
      const known = rows.reduce((most, row) => Math.max(most, codes[row]! + 1), 0);
      return Distribution.rowVector(shares(rows, codes, known));
    },
    rootGain: null,
  };
}

export function squaredErrorRule(values: Float64Array): CompatRule {
  const gain: CompatRule['gain'] = (rows, goesLeft) => {
    let error = 0;
    for (const side of [0, 1])
      error += squaredError(
        rows.filter((row) => goesLeft[row] === side),
        values,
      );
    return error;
  };
  return {
    criterion: squaredErrorCriterion(values),
    gain,
    worst: Infinity,
    isBetter: (a, b) => a < b,
    tolerance: (rows) => {
      const largest = rows.reduce((most, row) => Math.max(most, Math.abs(values[row]!)), 0);
      const offset = rows.length * (rows.length * Number.EPSILON * largest) ** 2;
      return ROUNDING * squaredError(rows, values) + offset;
    },
    leaf: (rows) => meanOf(rows, values),
    rootGain: 0,
  };
}

/** Each label's share, added up row by row as ml-cart does. */
function shares(rows: Int32Array, codes: Int32Array, labels: number): Float64Array {
  const found = new Float64Array(labels);
  for (const row of rows) found[codes[row]!]! += 1 / rows.length;
  return found;
}

function giniImpurity(probabilities: Float64Array): number {
  let sum = 0;
  let isEmpty = true;
  for (const probability of probabilities) {
    sum += probability * probability;
    if (probability > 0) isEmpty = false;
  }
  return isEmpty ? 0 : 1 - sum;
}

function meanOf(rows: Int32Array, values: Float64Array): number {
  let sum = 0;
  for (const row of rows) sum += values[row]!;
  return sum / rows.length;
}

function squaredError(rows: Int32Array, values: Float64Array): number {
  if (rows.length === 0) return 0;
  const mean = meanOf(rows, values);
  let error = 0;
  for (const row of rows) error += (values[row]! - mean) * (values[row]! - mean);
  return error;
}
