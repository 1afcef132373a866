// Attributions of linear models, alone and under the trees of a boosting: exact, and in the space of the margins.

import { describe, expect, test } from 'vitest';
import { createExplainer } from '#contract/explain/explainer.ts';
import type { Linear } from '#contract/model/linear.ts';
import { predictMargins, type TreeEnsemble } from '#contract/model/tree.ts';
import { bruteForceShapley } from './brute-force.ts';
import { ensembleOf, randomNumbers, randomRow, randomTree, signatureOf } from './random-trees.ts';

/** Value 0 is a number that may be missing, value 1 a category, value 2 a number. */
const linear: Linear = {
  intercept: [0.5, -1],
  terms: [
    {
      type: 'number',
      mean: 2,
      minimum: 0,
      maximum: 5,
      weights: [1.5, -1],
      missing: [0.25, 2],
      expected: [0.125, 0.5],
    },
    {
      type: 'category',
      weights: [
        [1, 0],
        [0, 4],
        [-1, 0.5],
      ],
      expected: [0.25, 1],
    },
    { type: 'number', mean: 3, minimum: 1, maximum: 6, weights: [0.5, 0], expected: [0, 0] },
  ],
};

const linearModel: TreeEnsemble = {
  format_version: 1,
  outputs: 2,
  base_values: [0, 0],
  trees: [],
  linear,
  post_transform: 'softmax',
};

const attributionsOf = (model: TreeEnsemble, row: Float32Array): Float64Array => {
  const into = new Float64Array(3 * model.outputs);
  createExplainer(model, signatureOf(3, model.outputs)).explain(row, 0, into);
  return into;
};

describe('a linear model', () => {
  test.each([
    ['a number away from its mean', [4, 0, 3], [3 - 0.125, -2 - 0.5, 0.75, -1, 0, 0]],
    ['a missing number', [NaN, 0, 3], [0.25 - 0.125, 2 - 0.5, 0.75, -1, 0, 0]],
    ['a number beyond the range', [9, 0, 3], [4.5 - 0.125, -3 - 0.5, 0.75, -1, 0, 0]],
    ['another category', [2, 2, 5], [-0.125, -0.5, -1.25, -0.5, 1, 0]],
    ['an unknown category', [2, -1, 3], [-0.125, -0.5, -0.25, -1, 0, 0]],
  ])('%s', (_, row, attributions) => {
    expect([...attributionsOf(linearModel, Float32Array.from(row))]).toEqual(attributions);
  });

  test('its base value is the intercept with what the terms add on average', () => {
    const { baseValues, space } = createExplainer(linearModel, signatureOf(3, 2));
    expect([...baseValues]).toEqual([0.5 + 0.125 + 0.25, -1 + 0.5 + 1]);
    expect(space).toBe('margin');
  });

  test('terms for another number of values than a row has are refused', () => {
    expect(() => createExplainer(linearModel, signatureOf(2, 2))).toThrow(
      '3 terms for the 2 values of a row',
    );
  });
});

describe('a boosting that starts from a linear model', () => {
  const random = randomNumbers(8);
  const trees = Array.from({ length: 8 }, (_, index) =>
    randomTree({ width: 3, outputs: 2, depth: 5, random, only: index % 2 }),
  );
  const model: TreeEnsemble = { ...ensembleOf(trees, 2), linear, post_transform: 'softmax' };
  const rows = Array.from({ length: 50 }, () => randomRow(3, random));

  test('is explained by the Shapley values of the sum', () => {
    for (const row of rows) {
      const found = attributionsOf(model, row);
      for (const output of [0, 1])
        bruteForceShapley(trees, row, output, [0, 1, 2], linear).forEach((expected, feature) =>
          expect(Math.abs(found[feature * 2 + output]! - expected)).toBeLessThan(1e-12),
        );
    }
  });

  test('and they add up to its margins', () => {
    const { baseValues } = createExplainer(model, signatureOf(3, 2));
    for (const row of rows) {
      const found = attributionsOf(model, row);
      predictMargins(model, row).forEach((margin, output) => {
        const sum = [0, 1, 2].reduce(
          (total, feature) => total + found[feature * 2 + output]!,
          baseValues[output]!,
        );
        expect(Math.abs(sum - margin)).toBeLessThan(1e-6 * Math.max(1, Math.abs(margin)));
      });
    }
  });
});

test.each([
  ['a number', 1, undefined, 'value'],
  ['classes whose sums are the answer', 2, undefined, 'probability'],
  ['classes whose sums are made probabilities', 2, 'softmax', 'margin'],
] as const)('the space of %s', (_, outputs, post_transform, space) => {
  const model = { ...ensembleOf([], outputs), ...(post_transform && { post_transform }) };
  expect(createExplainer(model, signatureOf(3, outputs)).space).toBe(space);
});
