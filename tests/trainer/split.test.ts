// Laws of the folds.

import { describe, expect, test } from 'vitest';
import { splitFolds } from '../../trainer/table/split.ts';
import { madeUpTable } from './tables.ts';

describe.each([
  ['labels', 4],
  ['a number', 0],
])('folds of %s', (_, labels) => {
  const table = madeUpTable({ seed: 1, rows: 203, numbers: 2, categories: [], labels });
  const folds = splitFolds(table, 5, 7);

  test('every row is held out once, and trained on in all other folds', () => {
    const heldOut = folds.flatMap((fold) => [...fold.heldOut]).sort((a, b) => a - b);
    expect(heldOut).toEqual(Array.from({ length: 203 }, (_, row) => row));
    for (const { training, heldOut } of folds) {
      expect(training.length + heldOut.length).toBe(203);
      expect(new Set([...training, ...heldOut]).size).toBe(203);
    }
  });

  test('folds differ by at most one row', () => {
    const sizes = folds.map(({ heldOut }) => heldOut.length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  });

  test('the same seed gives the same folds, another seed others', () => {
    expect(splitFolds(table, 5, 7)).toEqual(folds);
    expect(splitFolds(table, 5, 8)).not.toEqual(folds);
  });
});

test('every fold has its share of every label, to the row', () => {
  const table = madeUpTable({ seed: 3, rows: 211, numbers: 2, categories: [], labels: 6 });
  const { target } = table;
  if (target.type !== 'category') throw new Error('not a class table');
  for (let label = 0; label < 6; label++) {
    const shares = splitFolds(table, 5, 1).map(
      ({ heldOut }) => heldOut.filter((row) => target.codes[row] === label).length,
    );
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
  }
});

test('every fold has low and high values of a number', () => {
  const table = madeUpTable({ seed: 3, rows: 200, numbers: 2, categories: [], labels: 0 });
  const { target } = table;
  if (target.type !== 'number') throw new Error('not a number table');
  const middle = [...target.values].sort((a, b) => a - b)[100]!;
  for (const { heldOut } of splitFolds(table, 5, 1))
    expect(heldOut.filter((row) => target.values[row]! < middle)).toHaveLength(20);
});

test('fewer rows than folds are refused', () => {
  const table = madeUpTable({ seed: 1, rows: 4, numbers: 1, categories: [], labels: 2 });
  expect(() => splitFolds(table, 5, 1)).toThrow('fewer rows than folds: 4 < 5');
});
