// Rows of a number by what was answered: each row in one bin, and in it what was true.

import { expect, test } from 'vitest';
import { answerBins } from '../../trainer/select/answer-bins.ts';
import { quantile } from '../../trainer/select/quantile.ts';
import { createRandom } from '../../trainer/table/random.ts';

const binsOf = (values: number[], answers: number[]) =>
  answerBins(
    { type: 'number', values: Float64Array.from(values) },
    answers.map((answer) => [answer]),
  );

test.each([1, 4, 9, 50, 53, 1000])('%i rows: none is lost, and answers ascend', (rows) => {
  const random = createRandom(rows, 'answers');
  const values = Array.from({ length: rows }, () => random.next() * 100);
  const bins = binsOf(
    values,
    values.map((value) => value + random.next()),
  );
  expect(bins.reduce((sum, bin) => sum + bin.rows, 0)).toBe(rows);
  expect(bins.length).toBeLessThanOrEqual(10);
  const means = bins.map(({ answer }) => answer);
  expect(means).toEqual([...means].sort((a, b) => a - b));
  for (const { low, median, high } of bins) {
    expect(low).toBeLessThanOrEqual(median);
    expect(median).toBeLessThanOrEqual(high);
  }
});

test('answers that are right have their own value as the median', () => {
  const values = Array.from({ length: 100 }, (_, row) => row);
  for (const { answer, median } of binsOf(values, values)) expect(median).toBeCloseTo(answer, 12);
});

test('a model that answers all rows alike has every row’s spread in each bin', () => {
  const values = Array.from({ length: 200 }, (_, row) => row % 20);
  const bins = binsOf(values, new Array<number>(200).fill(9.5));
  expect(bins.every(({ answer }) => answer === 9.5)).toBe(true);
});

test.each([
  [[3], 0.5, 3],
  [[1, 2], 0.5, 1.5],
  [[1, 2, 3, 4, 5], 0.25, 2],
  [[1, 2, 3, 4, 5], 0.9, 4.6],
  [[1, 2, 3], 1, 3],
  [[1, 2, 3], 0, 1],
])('the quantile of %j at %d is %d', (numbers, share, expected) => {
  expect(quantile(numbers, share)).toBeCloseTo(expected, 12);
});
