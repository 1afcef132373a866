// Attributions as a list: the strongest first, nothing lost.

import { describe, expect, test } from 'vitest';
import { rankContributions } from '#contract/explain/contributions.ts';
import { randomNumbers, signatureOf } from './random-trees.ts';

const signature = signatureOf(4, 1);
const row = { f0: 1, f1: null, f2: 3.5, f3: 4 };
const ranked = (attributions: number[], top = Infinity) =>
  rankContributions(signature, row, Float64Array.from(attributions), top);

test('strongest first whatever the sign, equals in the order of the signature', () => {
  expect(ranked([0.1, -0.5, 0.1, 0.2])).toEqual({
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
    const { contributions, others } = ranked([0.25, -0.5, 0.125, 0.0625], 2);
    expect(contributions.map(({ feature }) => feature)).toEqual(['f1', 'f0']);
    expect(others).toEqual({ features: 2, contribution: 0.1875 });
  });

  test.each([4, 5, 1000])('%i of four leaves no others', (top) => {
    expect(ranked([1, 2, 3, 4], top)).not.toHaveProperty('others');
  });
});

test('what is listed and the others add up to all attributions, for every top', () => {
  const random = randomNumbers(10);
  for (let round = 0; round < 100; round++) {
    const attributions = Array.from({ length: 4 }, () => (random() - 0.5) * 10 ** (round % 7));
    const { contributions, others } = ranked(attributions, 1 + (round % 4));
    const sum = contributions.reduce(
      (total, part) => total + part.contribution,
      others?.contribution ?? 0,
    );
    const size = Math.max(...attributions.map(Math.abs));
    const total = attributions.reduce((a, b) => a + b, 0);
    expect(Math.abs(sum - total)).toBeLessThan(1e-7 * size);
  }
});
