// Multinomial logistic regression (two labels: one margin), and ridge regression for a number, on standardised numbers and
// one column per category.

import type { Linear, Term } from '#contract/linear.ts';
import type { Table } from '../table.ts';
import { createDesign, type Design } from './design.ts';
import { minimise, type Objective } from './minimise.ts';
import { marginsOf, weightsOf } from './margins.ts';

const TOLERANCE = 1e-4;
const ITERATIONS = 1000;

export interface LinearFit {
  readonly design: Design;
  /** Margins that are fitted: one per label, 1 for two labels or a number. */
  readonly outputs: number;
  /** [columns, outputs], then the intercepts: [outputs]. On the scale of the standardised columns. */
  readonly weights: Float64Array;
  /** [rows, outputs]: what it says of the rows it was fitted on. */
  readonly margins: Float64Array;
}

/**
 * Minimises Σ loss + l2/2 Σ w² over weighted rows; intercepts are not held down. The loss is −ln p(label), or half the
 * squared error (scikit-learn's C is 1/l2, its ridge's alpha is l2).
 */
export function fitLinear(table: Table, l2: number): LinearFit {
  const design = createDesign(table);
  const outputs = marginsOf(table.target);
  const weights = new Float64Array((design.width + 1) * outputs);
  const objective = objectiveOf(table, design, l2);
  const { margins, unit, center } = objective;
  minimise(objective.evaluate, weights, { tolerance: TOLERANCE, iterations: ITERATIONS });
  for (let index = 0; index < weights.length; index++) weights[index]! *= unit;
  for (let output = 0; output < outputs; output++)
    weights[design.width * outputs + output]! += center;
  addUp(design, outputs, weights, margins);
  return { design, outputs, weights, margins };
}

/** The mean objective over rows. A number is learned in units of its spread about its mean, so that one tolerance suits all. */
export function objectiveOf(table: Table, design: Design, l2: number) {
  const { target, count } = table;
  const outputs = marginsOf(target);
  const rowWeights = weightsOf(table);
  const total = rowWeights.reduce((sum, weight) => sum + weight, 0);
  const margins = new Float64Array(count * outputs);
  const { numbers, values, width, ones } = design;
  const places = table.width;
  const { center, unit } = target.type === 'number' ? spreadOf(target.values) : PLAIN;
  const slopes = new Float64Array(outputs);
  const isBinary = target.type === 'category' && outputs === 1;

  const evaluate: Objective = (weights, gradient) => {
    addUp(design, outputs, weights, margins);
    gradient.fill(0);
    let loss = 0;
    for (let row = 0; row < count; row++) {
      const at = row * outputs;
      const weight = rowWeights[row]!;
      if (target.type === 'number') {
        slopes[0] = margins[at]! - (target.values[row]! - center) / unit;
        loss += (weight * slopes[0]! ** 2) / 2;
      } else if (isBinary) loss += weight * logistic(margins[at]!, target.codes[row]!, slopes);
      else loss += weight * softmaxLoss(margins, at, target.codes[row]!, slopes);
      for (let output = 0; output < outputs; output++) slopes[output]! *= weight / total;
      for (let column = 0; column < numbers.length; column++) {
        const value = values[row * numbers.length + column]!;
        for (let output = 0; output < outputs; output++)
          gradient[column * outputs + output]! += value * slopes[output]!;
      }
      for (let place = 0; place < places; place++) {
        const column = ones[row * places + place]!;
        if (column === -1) continue;
        for (let output = 0; output < outputs; output++)
          gradient[column * outputs + output]! += slopes[output]!;
      }
      for (let output = 0; output < outputs; output++)
        gradient[width * outputs + output]! += slopes[output]!;
    }
    let squares = 0;
    for (let index = 0; index < width * outputs; index++) {
      squares += weights[index]! ** 2;
      gradient[index]! += (l2 * weights[index]!) / total;
    }
    return (loss + (l2 * squares) / 2) / total;
  };
  return { evaluate, margins, center, unit };
}

const PLAIN = { center: 0, unit: 1 };

function spreadOf(values: Float64Array): { center: number; unit: number } {
  const center = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - center) ** 2, 0);
  return { center, unit: squares === 0 ? 1 : Math.sqrt(squares / values.length) };
}

/** Writes X·W + intercepts. */
function addUp(
  { numbers, values, width, ones }: Design,
  outputs: number,
  weights: Float64Array,
  margins: Float64Array,
): void {
  const rows = margins.length / outputs;
  const places = ones.length / rows;
  for (let row = 0; row < rows; row++) {
    const at = row * outputs;
    for (let output = 0; output < outputs; output++)
      margins[at + output] = weights[width * outputs + output]!;
    for (let column = 0; column < numbers.length; column++) {
      const value = values[row * numbers.length + column]!;
      for (let output = 0; output < outputs; output++)
        margins[at + output]! += value * weights[column * outputs + output]!;
    }
    for (let place = 0; place < places; place++) {
      const column = ones[row * places + place]!;
      if (column === -1) continue;
      for (let output = 0; output < outputs; output++)
        margins[at + output]! += weights[column * outputs + output]!;
    }
  }
}

/** −ln p(code) of one margin, and its slope. */
function logistic(margin: number, code: number, slopes: Float64Array): number {
  const e = Math.exp(-Math.abs(margin));
  const p = margin >= 0 ? 1 / (1 + e) : e / (1 + e);
  slopes[0] = p - code;
  return Math.log1p(e) + Math.max(margin, 0) - code * margin;
}

/** −ln p(code) of the margins from `at` on, and its slopes p − [label = code]. */
function softmaxLoss(
  margins: Float64Array,
  at: number,
  code: number,
  slopes: Float64Array,
): number {
  let largest = -Infinity;
  for (let output = 0; output < slopes.length; output++)
    largest = Math.max(largest, margins[at + output]!);
  let sum = 0;
  for (let output = 0; output < slopes.length; output++) {
    slopes[output] = Math.exp(margins[at + output]! - largest);
    sum += slopes[output]!;
  }
  for (let output = 0; output < slopes.length; output++) slopes[output]! /= sum;
  slopes[code]! -= 1;
  return Math.log(sum) + largest - margins[at + code]!;
}

/** The contract's term: weights per unit of the value, categories moved so that the mean row's add up to nothing. */
export function linearTerm(table: Table, { design, outputs, weights }: LinearFit): Linear {
  const answers = table.target.type === 'category' ? table.target.labels : 1;
  // One margin of two labels is the second's; the first's is 0.
  const spread = (margins: readonly number[]): number[] =>
    outputs === answers ? margins.map(Math.fround) : [0, Math.fround(margins[0]!)];
  const rowOf = (column: number): number[] => [
    ...weights.subarray(column * outputs, (column + 1) * outputs),
  ];
  const terms = table.signature.features.map((feature, place): Term => {
    const missing = design.missing[place]!;
    const base = {
      ...(missing !== null && { missing: spread(rowOf(missing)) }),
      expected: spread(expectedOf(table, design, place, { outputs, rowOf })),
    };
    const first = design.categories[place]!;
    if (feature.type === 'category' && first !== null)
      return {
        type: 'category',
        weights: feature.categories.map((_, code) => spread(rowOf(first + code))),
        ...base,
      };
    const column = design.numbers.findIndex((number) => number.place === place);
    const { mean, scale, minimum, maximum } = design.numbers[column]!;
    const perUnit = rowOf(column).map((weight) => weight / scale);
    return { type: 'number', mean, minimum, maximum, weights: spread(perUnit), ...base };
  });
  return { intercept: spread(rowOf(design.width)), terms };
}

/** The mean of what the categories or the missing values of `place` add; standardised numbers add 0 on average. */
function expectedOf(
  { count, width }: Table,
  { ones }: Design,
  place: number,
  { outputs, rowOf }: { outputs: number; rowOf: (column: number) => number[] },
): number[] {
  const rows = new Map<number, number>();
  for (let row = 0; row < count; row++) {
    const column = ones[row * width + place]!;
    rows.set(column, (rows.get(column) ?? 0) + 1);
  }
  rows.delete(-1);
  const sums = new Array<number>(outputs).fill(0);
  for (const [column, found] of rows)
    rowOf(column).forEach((weight, output) => (sums[output]! += (found / count) * weight));
  return sums;
}
