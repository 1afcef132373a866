// Attributions as a list: the strongest first, nothing lost.

import { describe, expect, test } from 'vitest';
import { rankContributions } from '#contract/explain/contributions.ts';
import { randomNumbers, signatureOf } from './random-trees.ts';

const signature = signatureOf(4, 1);
const row = { f0: 1, f1: null, f2: 3.5, f3: 4 };
const ranked = (attributions: number[], { top = Infinity, baseValue = 0 } = {}) =>
  rankContributions(signature, {
    row,
    attributions: Float64Array.from(attributions),
    baseValue,
    top,
  });

test('strongest first whatever the sign, equals in the order of the signature', () => {
  expect(ranked([0.1, -0.5, 0.1, 0.2], { baseValue: 0.25 })).toEqual({
    base_value: 0.25,
    output: 0.15,
    contributions: [
      { feature: 'f1', value: null, contribution: -0.5 },
      { feature: 'f3', value: 4, contribution: 0.2 },
      { feature: 'f0', value: 1, contribution: 0.1 },
      { feature: 'f2', value: 3.5, contribution: 0.1 },
    ],
  });
});

describe('top', () => {
  test('the others are counted and added up', () => {
    const { contributions, others } = ranked([0.25, -0.5, 0.125, 0.0625], { top: 2 });
    expect(contributions.map(({ feature }) => feature)).toEqual(['f1', 'f0']);
    expect(others).toEqual({ features: 2, contribution: 0.1875 });
  });

  test.each([4, 5, 1000])('%i of four leaves no others', (top) => {
    expect(ranked([1, 2, 3, 4], { top })).not.toHaveProperty('others');
  });
});

test('rounding errors of a sum are no contributions', () => {
  expect(ranked([-1e-14, 0.5, 1e-13, -1e-12]).contributions).toEqual([
    { feature: 'f1', value: null, contribution: 0.5 },
    { feature: 'f0', value: 1, contribution: 0 },
    { feature: 'f2', value: 3.5, contribution: 0 },
    { feature: 'f3', value: 4, contribution: 0 },
  ]);
});

test('large numbers keep nine digits', () => {
  const { base_value, output, contributions } = ranked([1234.56789, 0, 0, 0], {
    baseValue: 987654.3216789,
  });
  expect([base_value, output]).toEqual([987654.322, 988888.89]);
  expect(contributions[0]?.contribution).toBe(1234.568);
});

test('base value, what is listed and the others add up to the output, for every top', () => {
  const random = randomNumbers(10);
  for (let round = 0; round < 100; round++) {
    const attributions = Array.from({ length: 4 }, () => (random() - 0.5) * 10 ** (round % 7));
    const baseValue = random() - 0.5;
    const found = ranked(attributions, { top: 1 + (round % 4), baseValue });
    const sum = found.contributions.reduce(
      (total, part) => total + part.contribution,
      found.base_value + (found.others?.contribution ?? 0),
    );
    const total = attributions.reduce((a, b) => a + b, baseValue);
    const size = Math.max(1, ...attributions.map(Math.abs));
    expect(Math.abs(found.output - total)).toBeLessThan(1e-8 * size);
    expect(Math.abs(sum - found.output)).toBeLessThan(1e-7 * size);
  }
});
