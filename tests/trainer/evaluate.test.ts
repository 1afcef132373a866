// Evaluation asks about rows the model has not seen, and says what each feature is worth.

import { expect, test } from 'vitest';
import type { Candidate } from '#contract/spec.ts';
import { assess } from '../../trainer/select/assess.ts';
import { evaluate } from '../../trainer/select/evaluate.ts';
import { createRandom } from '../../trainer/table/random.ts';
import { splitFolds } from '../../trainer/table/split.ts';
import type { Table } from '../../trainer/table/table.ts';
import { categoryFeature, madeUpTable, tableOf } from './tables.ts';

const candidate: Candidate = {
  algorithm: 'tree',
  parameters: { max_depth: 30, min_rows: 1, smoothing: 0.1 },
};
const evaluated = (table: Table, seed = 1) =>
  evaluate(
    table,
    splitFolds(table, 5, seed).map((fold) =>
      assess(table, { candidate, seed, fold, isExplained: true }),
    ),
  );

test('labels without a reason are guessed no better than by chance', () => {
  const random = createRandom(1, 'noise');
  const rows = Array.from({ length: 300 }, () => [random.next(), random.next()]);
  const table = tableOf(
    rows,
    rows.map(() => random.below(2)),
  );
  const { model } = evaluated(table);
  expect(Math.abs(model.accuracy!.mean - 0.5)).toBeLessThan(0.1);
});

test('categories are put in order without a look at the rows that are held out', () => {
  // One row a category or two: its label is known from that row alone, and from nothing else.
  const random = createRandom(2, 'noise');
  const table = tableOf(
    Array.from({ length: 300 }, (_, row) => [row >> 1]),
    Array.from({ length: 300 }, () => random.below(2)),
  );
  const features = [categoryFeature('c', 150)];
  const { model } = evaluated({ ...table, signature: { ...table.signature, features } });
  expect(Math.abs(model.accuracy!.mean - 0.5)).toBeLessThan(0.1);
});

test('the dummy is the commonest label of the training rows', () => {
  const rows = Array.from({ length: 100 }, (_, row) => [row]);
  const { dummy } = evaluated(
    tableOf(
      rows,
      rows.map((_, row) => Number(row % 5 === 0)),
    ),
  );
  expect(dummy.accuracy).toEqual({ mean: 0.8, sd: 0 });
  expect(dummy.log_loss!.mean).toBeCloseTo(-0.8 * Math.log(0.8) - 0.2 * Math.log(0.2), 12);
  expect(dummy.ece!.mean).toBeCloseTo(0, 12);
});

test('the dummy knows nothing of the rows that are held out', () => {
  const rows = Array.from({ length: 50 }, (_, row) => [row]);
  const { dummy } = evaluated(
    tableOf(
      rows,
      rows.map((_, row) => Number(row === 7)),
    ),
  );
  // The one row of its label is a certain mistake in its fold: -ln 1e-15 over 10 rows, over 5 folds.
  expect(dummy.log_loss!.mean).toBeGreaterThan(-Math.log(1e-15) / 50);
});

test('a feature that decides is worth much, one that is constant nothing', () => {
  const rows = Array.from({ length: 200 }, (_, row) => [row % 10, 1]);
  const { permutation_importance, model } = evaluated(
    tableOf(
      rows,
      rows.map(([first]) => Number(first! > 4)),
    ),
  );
  expect(model.accuracy).toEqual({ mean: 1, sd: 0 });
  expect(permutation_importance.n0!.mean).toBeGreaterThan(1);
  expect(permutation_importance.n1).toEqual({ mean: 0, sd: 0 });
});

test('the confusion matrix counts every row once, under its own label', () => {
  const table = madeUpTable({ seed: 1, rows: 150, numbers: 2, categories: [4], labels: 3 });
  const { target } = table;
  if (target.type !== 'category') throw new Error('not a class table');
  const sums = evaluated(table).confusion_matrix!.map((row) => row.reduce((a, b) => a + b));
  expect(sums).toEqual(
    [0, 1, 2].map((label) => target.codes.filter((code) => code === label).length),
  );
});

test('the same seed gives the same figures', () => {
  const table = madeUpTable({ seed: 1, rows: 150, numbers: 2, categories: [4], labels: 0 });
  expect(evaluated(table, 4)).toEqual(evaluated(table, 4));
  expect(evaluated(table, 5)).not.toEqual(evaluated(table, 4));
});
