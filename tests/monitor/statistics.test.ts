import { describe, expect, test } from 'vitest';
import { fitCalibration } from '#monitor/calibration.ts';
import { defaultDrift } from '#monitor/default-drift.ts';
import * as distances from '#monitor/distances.ts';
import { adjustedP } from '#monitor/multiple-testing.ts';
import {
  chiSquareSurvival,
  ksTwoSampleSurvival,
  normalSurvival,
} from '#monitor/special-functions.ts';
import { checkQuality, suggestConstraints } from '#monitor/data-quality.ts';
import { createRandom } from '../../data/random.ts';

// Values of scipy 1.x: chi2.sf, norm.sf, ks_2samp(method='exact').
test.each([
  ['chi-square, even df', chiSquareSurvival(9.487729036781154, 4), 0.05],
  ['chi-square, odd df', chiSquareSurvival(3.841458820694124, 1), 0.05],
  ['normal', normalSurvival(1.959963984540054), 0.025],
  ['K-S, 3 and 3 values wholly apart', ksTwoSampleSurvival(1, 3, 3), 0.1],
])('the tail probability is the published one: %s', (_, found, expected) => {
  expect(found).toBeCloseTo(expected, 12);
});

describe('distances', () => {
  const random = createRandom(3);
  const counts = (): number[] =>
    Array.from({ length: 12 }, () => Math.floor(random.uniform() * 90));
  const pairs = Array.from({ length: 30 }, () => [counts(), counts()] as const);
  const named = Object.entries({
    psi: distances.psi,
    jensenShannon: distances.jensenShannon,
    lInfinity: distances.lInfinity,
    kolmogorovSmirnov: distances.kolmogorovSmirnov,
  });

  test.each(named)(
    '%s is 0 for equal shares, symmetrical and positive otherwise',
    (_, distance) => {
      for (const [a, b] of pairs) {
        expect(
          distance(
            a,
            a.map((count) => count * 3),
          ),
        ).toBeCloseTo(0, 12);
        expect(distance(a, b)).toBeCloseTo(distance(b, a), 12);
        expect(distance(a, b)).toBeGreaterThan(0);
      }
    },
  );

  test('shares that never meet are √ln 2 apart by Jensen-Shannon and 1 by the others', () => {
    expect(distances.jensenShannon([5, 0], [0, 7])).toBeCloseTo(Math.sqrt(Math.LN2), 12);
    expect(distances.lInfinity([5, 0], [0, 7])).toBe(1);
    expect(distances.kolmogorovSmirnov([5, 0], [0, 7])).toBe(1);
  });

  test('Wasserstein is how far the rows were moved', () => {
    expect(distances.wasserstein([0, 1, 5], [4, 0, 0], [0, 0, 4])).toBeCloseTo(5, 12);
  });
});

test('Benjamini-Hochberg finds as many as its step-up rule', () => {
  const p = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216];
  expect(adjustedP(p).filter((value) => value <= 0.05)).toHaveLength(2);
});

test('a calibration map rises, holds the mean, and has at most 20 blocks', () => {
  const random = createRandom(5);
  const p = Float64Array.from({ length: 2000 }, () => random.uniform());
  const hits = p.map((share) => Number(random.uniform() < share ** 2));
  const { lower, value } = fitCalibration(p, hits);
  expect(lower).toHaveLength(value.length);
  expect(value.length).toBeLessThanOrEqual(20);
  expect([...value].sort((a, b) => a - b)).toEqual(value);
  const worth = (share: number): number => value[lower.findLastIndex((bound) => bound <= share)]!;
  const sum = (numbers: Float64Array): number => numbers.reduce((all, one) => all + one, 0);
  expect(sum(p.map(worth))).toBeCloseTo(sum(hits), 8);
});

test.each([
  ['number', 900, 'kolmogorov_smirnov'],
  ['number', 1100, 'wasserstein'],
  ['category', 900, 'chi_square'],
  ['category', 1100, 'jensen_shannon'],
] as const)('Evidently’s default test of a %s with %i reference rows is %s', (type, rows, name) => {
  const values = Array.from({ length: rows }, (_, row) =>
    type === 'number' ? row : `c${row % 3}`,
  );
  const same = defaultDrift(type, values, values);
  expect(same).toMatchObject({ test: name, drifted: false });
  const moved = values.map((value) => (typeof value === 'number' ? value + rows : 'c0'));
  expect(defaultDrift(type, values, moved)).toMatchObject({ test: name, drifted: true });
});

test.each([
  ['data_type_check', { n: [1.5], t: ['a'] }],
  ['data_type_check', { n: [-1], t: ['a'] }],
  ['completeness_check', { n: [null], t: ['a'] }],
  ['missing_column_check', { t: ['a'] }],
  ['extra_column_check', { n: [1], t: ['a'], x: [1] }],
  ['categorical_values_check', { n: [1], t: ['z'] }],
])('%s is violated where its constraint is broken', (name, columns) => {
  const training = { n: [1, 2], t: ['a', 'b'] };
  const constraints = suggestConstraints(training);
  expect(checkQuality(constraints, training)).toEqual([]);
  const found = checkQuality(constraints, columns).map((one) => one.constraint_check_type);
  expect(found).toEqual([name]);
});
