// Multinomial logistic regression (two labels: one margin), and ridge regression for a number, on standardised numbers and
// one column per category.

import type { Linear, Term } from '#contract/model/linear.ts';
import type { Table } from '../table/table.ts';
import { createCurvature } from './curvature.ts';
import { createDesign, type Design } from './design.ts';
import { minimise, type Objective } from './minimise.ts';
import { marginsOf, weightsOf } from './margins.ts';
import { addProducts, addTransposedProducts } from './products.ts';

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
  /** False when the search for the minimum ran out of steps. */
  readonly converged: boolean;
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
  const curvature = { design, weights: weightsOf(table), l2 };
  const { converged } = minimise(objective.evaluate, weights, {
    tolerance: TOLERANCE,
    iterations: ITERATIONS,
    // With several outputs it takes as many steps with as without.
    ...(outputs === 1 && {
      precondition: createCurvature({ ...curvature, loss: curvatureOf(table) }),
    }),
  });
  for (let index = 0; index < weights.length; index++) weights[index]! *= unit;
  for (let output = 0; output < outputs; output++)
    weights[design.width * outputs + output]! += center;
  addUp(design, outputs, weights, margins);
  return { design, outputs, weights, margins, converged };
}

/** The mean objective over rows. A number is learned in units of its spread about its mean, so that one tolerance suits all. */
export function objectiveOf(table: Table, design: Design, l2: number) {
  const { target, count } = table;
  const outputs = marginsOf(target);
  const rowWeights = weightsOf(table);
  const total = rowWeights.reduce((sum, weight) => sum + weight, 0);
  const margins = new Float64Array(count * outputs);
  const { numbers, values, width, ones } = design;
  const places = design.onePlaces.length;
  const { center, unit } = target.type === 'number' ? spreadOf(target.values) : PLAIN;
  const slopes = new Float64Array(count * outputs);
  const isBinary = target.type === 'category' && outputs === 1;

  const evaluate: Objective = (weights, gradient) => {
    addUp(design, outputs, weights, margins);
    let loss = 0;
    for (let row = 0; row < count; row++) {
      const at = row * outputs;
      const weight = rowWeights[row]!;
      if (target.type === 'number') {
        const slope = margins[at]! - (target.values[row]! - center) / unit;
        slopes[at] = slope;
        loss += (weight * slope * slope) / 2;
      } else if (isBinary) loss += weight * logistic(margins, at, target.codes[row]!, slopes);
      else loss += weight * softmaxLoss(margins, at, target.codes[row]!, slopes, outputs);
      for (let output = 0; output < outputs; output++) slopes[at + output]! *= weight / total;
    }
    gradient.fill(0);
    addTransposedProducts(values, numbers.length, slopes, outputs, gradient);
    for (let row = 0; row < count; row++) {
      const at = row * outputs;
      for (let place = 0; place < places; place++) {
        const column = ones[row * places + place]!;
        if (column === -1) continue;
        for (let output = 0; output < outputs; output++)
          gradient[column * outputs + output]! += slopes[at + output]!;
      }
      for (let output = 0; output < outputs; output++)
        gradient[width * outputs + output]! += slopes[at + output]!;
    }
    let squares = 0;
    for (let index = 0; index < width * outputs; index++) {
      squares += weights[index]! * weights[index]!;
      gradient[index]! += (l2 * weights[index]!) / total;
    }
    return (loss + (l2 * squares) / 2) / total;
  };
  return { evaluate, margins, center, unit };
}

/** Of one row's loss by its margin: of two labels that of a row that is rather sure, as most are in the end. */
const curvatureOf = ({ target }: Table): number => (target.type === 'number' ? 1 : 0.02);

const PLAIN = { center: 0, unit: 1 };

function spreadOf(values: Float64Array): { center: number; unit: number } {
  const center = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - center) ** 2, 0);
  return { center, unit: squares === 0 ? 1 : Math.sqrt(squares / values.length) };
}

/** Writes X·W + intercepts. */
function addUp(
  { numbers, values, width, ones, onePlaces }: Design,
  outputs: number,
  weights: Float64Array,
  margins: Float64Array,
): void {
  const rows = margins.length / outputs;
  const places = onePlaces.length;
  for (let row = 0; row < rows; row++) {
    const at = row * outputs;
    for (let output = 0; output < outputs; output++)
      margins[at + output] = weights[width * outputs + output]!;
    for (let place = 0; place < places; place++) {
      const column = ones[row * places + place]!;
      if (column === -1) continue;
      for (let output = 0; output < outputs; output++)
        margins[at + output]! += weights[column * outputs + output]!;
    }
  }
  addProducts(values, numbers.length, weights, outputs, margins);
}

/** −ln p(code) of one margin, and its slope. */
function logistic(margins: Float64Array, at: number, code: number, slopes: Float64Array): number {
  const margin = margins[at]!;
  const e = Math.exp(-Math.abs(margin));
  const p = margin >= 0 ? 1 / (1 + e) : e / (1 + e);
  slopes[at] = p - code;
  return Math.log(1 + e) + Math.max(margin, 0) - code * margin;
}

/** −ln p(code) of the margins from `at` on, and its slopes p − [label = code]. */
function softmaxLoss(
  margins: Float64Array,
  at: number,
  code: number,
  slopes: Float64Array,
  outputs: number,
): number {
  const end = at + outputs;
  let largest = -Infinity;
  for (let place = at; place < end; place++)
    if (margins[place]! > largest) largest = margins[place]!;
  let sum = 0;
  for (let place = at; place < end; place++) {
    const e = Math.exp(margins[place]! - largest);
    slopes[place] = e;
    sum += e;
  }
  for (let place = at; place < end; place++) slopes[place]! /= sum;
  slopes[at + code]! -= 1;
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
  { count }: Table,
  { ones, onePlaces }: Design,
  place: number,
  { outputs, rowOf }: { outputs: number; rowOf: (column: number) => number[] },
): number[] {
  const at = onePlaces.indexOf(place);
  const rows = new Map<number, number>();
  for (let row = 0; row < count && at !== -1; row++) {
    const column = ones[row * onePlaces.length + at]!;
    rows.set(column, (rows.get(column) ?? 0) + 1);
  }
  rows.delete(-1);
  const sums = new Array<number>(outputs).fill(0);
  for (const [column, found] of rows)
    rowOf(column).forEach((weight, output) => (sums[output]! += (found / count) * weight));
  return sums;
}
