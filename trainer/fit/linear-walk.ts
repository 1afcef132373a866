// What a linear term adds to many rows' answers, in the order of additions of the contract's predictLinear: what numbers add,
// then what missing values do, then what categories do, then the intercept; all in float32.

import type { Linear, NumberTerm, Term } from '#contract/model/linear.ts';

export function createLinearWalk(
  linear: Linear,
): (rows: Float32Array, width: number, answers: Float32Array) => void {
  const outputs = linear.intercept.length;
  const intercept = Float32Array.from(linear.intercept);
  const placed = linear.terms.map((term, place) => ({ place, ...weightsOf(term), term }));
  const numbers = placed.filter((at): at is typeof at & { term: NumberTerm } => {
    return at.term.type === 'number';
  });
  const missing = placed.filter(({ term }) => term.missing !== undefined);
  const categories = placed.filter(({ term }) => term.type === 'category');
  const sums = new Float32Array(outputs);
  const add = (weights: Float32Array, from: number): void => {
    for (let output = 0; output < outputs; output++) sums[output]! += weights[from + output]!;
  };
  return (rows, width, answers) => {
    for (let row = 0; row * width < rows.length; row++) {
      const offset = row * width;
      sums.fill(0);
      for (const { place, weights, term } of numbers) {
        const value = rows[offset + place]!;
        if (Number.isNaN(value)) continue;
        const inside = Math.max(Math.min(value, term.maximum), term.minimum);
        const moved = Math.fround(inside - term.mean);
        for (let output = 0; output < outputs; output++)
          sums[output]! += Math.fround(moved * weights[output]!);
      }
      for (const { place, ifMissing } of missing)
        if (Number.isNaN(rows[offset + place]!)) add(ifMissing, 0);
      for (const { place, weights } of categories) {
        const code = rows[offset + place]!;
        // What is no category is none: unknown, missing, or between two codes.
        if (Number.isInteger(code) && code >= 0 && code * outputs < weights.length)
          add(weights, code * outputs);
      }
      add(intercept, 0);
      for (let output = 0; output < outputs; output++)
        answers[row * outputs + output]! += sums[output]!;
    }
  };
}

/** [outputs] of a number, [categories, outputs] of a category. */
function weightsOf(term: Term): { weights: Float32Array; ifMissing: Float32Array } {
  const weights = term.type === 'number' ? term.weights : term.weights.flat();
  return {
    weights: Float32Array.from(weights),
    ifMissing: Float32Array.from(term.missing ?? []),
  };
}
