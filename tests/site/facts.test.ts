// What the page says of a version before one believes its answers.

import { expect, test } from 'vitest';
import { factsOf } from '../../site/src/lib/facts.ts';
import { en } from '../../site/src/lib/words/en.ts';
import { HOUSE_PRICE } from '../e2e/house-price.ts';

const { manifest } = HOUSE_PRICE;
const namesOf = (shown: typeof manifest): readonly string[] =>
  factsOf(shown, en).map(({ name }) => name);

test('a trained version has its figure, its rows, and how trainer and edge agree', () => {
  expect(namesOf(manifest)).toHaveLength(4);
});

test('a version that came as a file says nothing of rows nobody knows', () => {
  const brought = {
    ...manifest,
    data: { ...manifest.data, rows: 0 },
    metrics: { folds: 0, model: {}, dummy: {}, permutation_importance: {} },
    parity: { rows: 0, label_differences: 0, max_difference: 0 },
  };
  expect(namesOf(brought)).toEqual([en.facts.version]);
});
