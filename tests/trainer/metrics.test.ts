// Metrics against tables worked out by hand.

import { describe, expect, test } from 'vitest';
import { dummyAnswer } from '../../trainer/select/dummy.ts';
import { spreadOf } from '../../trainer/select/evaluate.ts';
import { confusionMatrix, lossOf, scoresOf } from '../../trainer/select/metrics.ts';
import { tableOf } from './tables.ts';

describe('labels', () => {
  const target = { type: 'category', labels: 3, codes: Int32Array.of(0, 0, 0, 1, 1, 2) } as const;
  // Predicted 0 0 1 1 0 1: label 2 is never predicted.
  const answers = [
    [0.8, 0.1, 0.1],
    [0.6, 0.3, 0.1],
    [0.2, 0.7, 0.1],
    [0.1, 0.8, 0.1],
    [0.5, 0.4, 0.1],
    [0.1, 0.6, 0.3],
  ];

  test('confusion matrix: rows are true, columns predicted', () => {
    expect(confusionMatrix(target, answers)).toEqual([
      [2, 1, 0],
      [1, 1, 0],
      [0, 1, 0],
    ]);
  });

  test('accuracy, macro F1, log-loss', () => {
    const scores = scoresOf(target, answers);
    expect(scores.accuracy).toBeCloseTo(3 / 6, 12);
    // F1: 0 → 4/6, 1 → 2/5, 2 → 0.
    expect(scores.macro_f1).toBeCloseTo((4 / 6 + 2 / 5 + 0) / 3, 12);
    const product = 0.8 * 0.6 * 0.2 * 0.8 * 0.4 * 0.3;
    expect(scores.log_loss).toBeCloseTo(-Math.log(product) / 6, 12);
    expect(lossOf(target, answers)).toBe(scores.log_loss);
  });

  test('calibration error: gaps between confidence and accuracy, by tenths', () => {
    // Bins: 0.8 {right, right}; 0.6 {right, wrong}; 0.7 {wrong}; 0.5 {wrong}.
    const gaps = [2 - 1.6, 1 - 1.2, 0 - 0.7, 0 - 0.5].map(Math.abs);
    expect(scoresOf(target, answers).ece).toBeCloseTo(gaps.reduce((a, b) => a + b) / 6, 12);
  });

  test('the first of equal probabilities is the label', () => {
    const two = { type: 'category', labels: 2, codes: Int32Array.of(0, 1) } as const;
    expect(
      scoresOf(two, [
        [0.5, 0.5],
        [0.5, 0.5],
      ]).accuracy,
    ).toBe(0.5);
    expect(
      confusionMatrix(two, [
        [0.5, 0.5],
        [0.5, 0.5],
      ]),
    ).toEqual([
      [1, 0],
      [1, 0],
    ]);
  });

  test('a certain mistake costs -ln 1e-15, not infinity', () => {
    const one = { type: 'category', labels: 2, codes: Int32Array.of(1) } as const;
    expect(scoresOf(one, [[1, 0]]).log_loss).toBeCloseTo(-Math.log(1e-15), 9);
  });

  test('a certain and right answer scores best everywhere', () => {
    const one = { type: 'category', labels: 2, codes: Int32Array.of(1) } as const;
    expect(scoresOf(one, [[0, 1]])).toEqual({ accuracy: 1, macro_f1: 1, log_loss: 0, ece: 0 });
  });
});

describe('a number', () => {
  const target = { type: 'number', values: Float64Array.of(1, 2, 3, 6) } as const;

  test('RMSE, MAE, R²', () => {
    const scores = scoresOf(target, [[1], [3], [3], [4]]);
    expect(scores.rmse).toBeCloseTo(Math.sqrt(5 / 4), 12);
    expect(scores.mae).toBeCloseTo(3 / 4, 12);
    expect(scores.r2).toBeCloseTo(1 - 5 / 14, 12);
  });

  test('the mean of all has an R² of nought', () => {
    expect(scoresOf(target, [[3], [3], [3], [3]]).r2).toBe(0);
  });

  test('a constant target has an R² of nought, not NaN', () => {
    expect(scoresOf({ type: 'number', values: Float64Array.of(2, 2) }, [[2], [3]]).r2).toBe(0);
  });
});

test('the dummy answers the class frequencies, or the mean', () => {
  expect(dummyAnswer(tableOf([[0], [0], [0], [0]], [1, 2, 1, 1]))).toEqual([0, 0.75, 0.25]);
  expect(dummyAnswer(tableOf([[0], [0]], [1, 4], 'number'))).toEqual([2.5]);
});

test('spread is the mean and the sample standard deviation', () => {
  expect(spreadOf([1, 2, 3, 4])).toEqual({ mean: 2.5, sd: Math.sqrt(5 / 3) });
  expect(spreadOf([7])).toEqual({ mean: 7, sd: 0 });
});
