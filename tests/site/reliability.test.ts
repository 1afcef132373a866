// How sure against how right: every row has its dot, and a verdict is only given where rows suffice.

import { expect, test } from 'vitest';
import { mistakeChanges } from '../../site/src/lib/confusion.ts';
import { binOf, dotsOf, leaningOf } from '../../site/src/lib/reliability.ts';

const bin = (rows: number, confidence: number, accuracy: number) => ({
  lower: 0.8,
  upper: 0.9,
  rows,
  confidence,
  accuracy,
});

test.each([
  [bin(9, 0.85, 0.1), 'few'],
  [bin(100, 0.85, 0.85), 'fair'],
  // The standard error of 85% over 100 rows is 3.6%: twice that is still fair.
  [bin(100, 0.85, 0.79), 'fair'],
  [bin(100, 0.85, 0.77), 'sure'],
  [bin(100, 0.85, 0.93), 'unsure'],
])('%j is %s', (known, leaning) => {
  expect(leaningOf(known)).toBe(leaning);
});

test('a dot lies where its bin says, and none where there are no rows', () => {
  const dots = dotsOf([bin(0, 0, 0), bin(50, 0.85, 0.6), bin(200, 0.95, 0.95)]);
  expect(dots.map(({ x, y }) => [x, Math.round(y)])).toEqual([
    [85, 40],
    [95, 5],
  ]);
  // By its area: a fourth of the rows is half of the radius.
  expect(dots[0]!.radius).toBeCloseTo(dots[1]!.radius / 2);
});

test('a probability is in the bin that holds it, 1 too', () => {
  const bins = [
    { ...bin(1, 0, 0), lower: 0, upper: 0.5 },
    { ...bin(1, 0, 0), lower: 0.5, upper: 1 },
  ];
  expect([0.1, 0.5, 1].map((share) => bins.indexOf(binOf(bins, share)!))).toEqual([0, 0, 1]);
  expect(binOf([], 0.5)).toBeNull();
});

test('mistakes of two versions meet by name, whatever the order of the labels, the greatest difference first', () => {
  const here = {
    labels: ['a', 'b'],
    matrix: [
      [5, 3],
      [1, 5],
    ],
  };
  const there = {
    labels: ['b', 'a', 'c'],
    matrix: [
      [5, 1, 7],
      [1, 5, 0],
      [0, 0, 1],
    ],
  };
  expect(mistakeChanges(here, there)).toEqual([
    { truth: 'b', taken: 'c', here: 0, there: 7 },
    { truth: 'a', taken: 'b', here: 3, there: 1 },
  ]);
  expect(mistakeChanges(here, here)).toEqual([]);
});
