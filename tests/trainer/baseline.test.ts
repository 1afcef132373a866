// Histograms of the training rows.

import { expect, test } from 'vitest';
import { baselineOf } from '../../trainer/pack/baseline.ts';
import { madeUpTable, tableOf } from './tables.ts';

test('every row is in one bin or missing, for every feature and the target', () => {
  const table = madeUpTable({
    seed: 1,
    rows: 300,
    numbers: 3,
    categories: [6],
    labels: 4,
    missing: 0.1,
  });
  const { features, target, rows } = baselineOf(table);
  expect(Object.keys(features)).toEqual(['n0', 'n1', 'n2', 'c0']);
  for (const { counts, missing } of [...Object.values(features), target])
    expect(counts.reduce((sum, count) => sum + count, missing)).toBe(rows);
  expect(target.missing).toBe(0);
});

test('bins of a number are about as full as each other, between ascending edges', () => {
  const { features } = baselineOf(
    madeUpTable({ seed: 1, rows: 400, numbers: 1, categories: [], labels: 2 }),
  );
  const histogram = features.n0!;
  if (histogram.type !== 'number') throw new Error('not a number');
  expect(histogram.counts).toEqual(new Array(20).fill(20));
  expect(histogram.edges).toHaveLength(19);
  expect([...histogram.edges].sort((a, b) => a - b)).toEqual(histogram.edges);
});

test('a value on an edge is in the bin above it; few values make few bins', () => {
  const rows = [1, 1, 1, 2, 2, 5].map((value) => [value]);
  const { features } = baselineOf(tableOf(rows, [0, 1, 0, 1, 0, 1]));
  expect(features.n0).toEqual({
    type: 'number',
    edges: [2, 5],
    counts: [3, 2, 1],
    missing: 0,
    mean: 2,
    sd: Math.sqrt(12 / 6),
    distinct: 3,
  });
});

test('a column without a value has no edges and no figures that JSON cannot say', () => {
  const { features } = baselineOf(tableOf([[NaN], [NaN]], [0, 1]));
  expect(features.n0).toEqual({
    type: 'number',
    edges: [],
    counts: [0],
    missing: 2,
    mean: 0,
    sd: 0,
    distinct: 0,
  });
});
