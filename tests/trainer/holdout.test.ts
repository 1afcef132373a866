// holdout.json: every row once, by what it holds, with the loss of an answer that had not seen it.

import { expect, test } from 'vitest';
import type { Dataset } from '#data/versions/dataset.ts';
import { collectHeldOut, holdoutOf } from '../../trainer/select/holdout.ts';
import { assess } from '../../trainer/select/assess.ts';
import { evaluate } from '../../trainer/select/evaluate.ts';
import { splitFolds } from '../../trainer/table/split.ts';
import { madeUpTable } from './tables.ts';

const schema = { dataset: 'x', title: '', description: '', source: '', licence: '', columns: [] };
const datasetOf = (columns: Dataset['columns']): Dataset => ({
  schema,
  rows: Object.values(columns)[0]!.length,
  sha256: '',
  source: 'a test',
  columns,
});
const spec = { target: 'kind' };
const target = { type: 'number', values: Float64Array.of(1, 2, 3) } as const;
const rowsOf = (columns: Dataset['columns'], losses: number[]): Record<string, number> => ({
  ...holdoutOf(datasetOf(columns), spec, { target, losses: Float64Array.from(losses) }).rows,
});

test('the losses of all folds together have the mean that evaluation reports', () => {
  const table = madeUpTable({ seed: 4, rows: 200, numbers: 3, categories: [3], labels: 3 });
  const { losses, add } = collectHeldOut(table);
  const candidate = {
    algorithm: 'tree',
    parameters: { max_depth: 4, min_rows: 5, smoothing: 1 },
  } as const;
  const folds = splitFolds(table, 5, 1);
  const results = folds.map((fold) =>
    assess(table, { candidate, seed: 1, fold, isExplained: true }),
  );
  for (const { heldOut, answers } of results) add(heldOut, answers);
  const { model } = evaluate(table, results);
  expect(losses.every((loss) => loss >= 0)).toBe(true);
  // Folds of equal size: the mean of their means is the mean of all.
  expect(folds.every(({ heldOut }) => heldOut.length === 40)).toBe(true);
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  expect(mean).toBeCloseTo(model.log_loss!.mean, 12);
});

test('rows keep their name in another order, in a larger table, and beside other rows', () => {
  const before = rowsOf({ a: [1, 2, 3], kind: ['x', 'y', null] }, [0.1, 0.2, 0.3]);
  const after = rowsOf({ kind: [null, 'z', 'x', 'y'], a: [3, 9, 1, 2] }, [0.3, 0.9, 0.1, 0.2]);
  expect(Object.keys(before)).toHaveLength(3);
  expect(after).toMatchObject(before);
});

test('a changed cell is another row', () => {
  const before = rowsOf({ a: [1], kind: ['x'] }, [0.1]);
  for (const columns of [
    { a: [1], kind: ['y'] },
    { a: [2], kind: ['x'] },
    { a: ['1'], kind: ['x'] },
  ])
    expect(Object.keys(rowsOf(columns, [0.1]))).not.toEqual(Object.keys(before));
});

test('equal rows have the mean of their losses; what no fold held out is not there', () => {
  expect(Object.values(rowsOf({ a: [1, 1, 2] }, [0.25, 0.75, NaN]))).toEqual([0.5]);
});
