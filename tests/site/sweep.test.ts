// The sweep and the waterfall: the range is covered, the words are true, the bars add up.

import { describe, expect, test } from 'vitest';
import type { NumberFeature } from '#contract/signature.ts';
import { stretchesOf, sweepValues } from '../../site/src/lib/sweep.ts';
import { waterfallOf } from '../../site/src/lib/waterfall.ts';

const base = { name: 'x', column: 'X', description: '', nullable: false };
const number = (minimum: number, maximum: number): NumberFeature => ({
  ...base,
  type: 'number',
  unit: null,
  minimum,
  maximum,
});

describe('sweepValues', () => {
  test.each([
    [0.22, 5.53],
    [0, 1],
    [-40, 60],
    [1900, 2020],
    [0.001, 0.002],
    [1e6, 5e9],
  ])(
    'of %d to %d ascend within the range, reach both of its ends, and are no more than 61',
    (low, high) => {
      const values = sweepValues(number(low, high)).map(Number);
      expect(values).toEqual([...values].sort((a, b) => a - b));
      expect(new Set(values).size).toBe(values.length);
      expect(values.length).toBeGreaterThan(20);
      expect(values.length).toBeLessThanOrEqual(61);
      expect(values[0]).toBeGreaterThanOrEqual(low);
      expect(values.at(-1)).toBeLessThanOrEqual(high);
      expect(values.at(-1)! - values[0]!).toBeGreaterThan(0.98 * (high - low));
    },
  );

  test('of a single value are that value; of days, days', () => {
    expect(sweepValues(number(3, 3))).toEqual([3]);
    const days = sweepValues({
      ...base,
      type: 'date',
      minimum: '2024-02-27',
      maximum: '2024-03-01',
    });
    expect(days).toEqual(['2024-02-27', '2024-02-28', '2024-02-29', '2024-03-01']);
  });
});

test('neighbours with one answer are one stretch', () => {
  const predictions = ['a', 'a', 'b', 'a'].map((label) => ({
    label,
    probability: 1,
    probabilities: {},
  }));
  expect(stretchesOf([1, 2, 3, 4], predictions)).toEqual([
    { from: 1, to: 2, label: 'a' },
    { from: 3, to: 3, label: 'b' },
    { from: 4, to: 4, label: 'a' },
  ]);
});

test('bars of a waterfall follow each other, and stay on the scale', () => {
  const contributions = [0.5, -0.3, 0.1, 0].map((contribution, at) => ({
    feature: `f${at}`,
    value: at,
    contribution,
  }));
  const steps = waterfallOf({ base_value: 0.2, contributions });
  steps.forEach(({ from, to, contribution }, at) => {
    if (at > 0) expect(from).toBeCloseTo(steps[at - 1]!.to, 12);
    expect(Math.sign(Math.round((to - from) * 1e9))).toBe(Math.sign(contribution));
    for (const place of [from, to]) {
      expect(place).toBeGreaterThanOrEqual(0);
      expect(place).toBeLessThanOrEqual(1);
    }
  });
});
