// The learning curve: growing parts of each fold's rows, never a row that is held out.

import { expect, test } from 'vitest';
import type { Candidate } from '#contract/spec.ts';
import { assess, type FoldTask } from '../../trainer/select/assess.ts';
import type { FoldPool } from '../../trainer/select/fold-pool.ts';
import { learningCurve } from '../../trainer/select/learning-curve.ts';
import { splitFolds } from '../../trainer/table/split.ts';
import type { ClassColumn, Table } from '../../trainer/table/table.ts';
import { madeUpTable } from './tables.ts';

const candidate: Candidate = {
  algorithm: 'tree',
  parameters: { max_depth: 12, min_rows: 2, smoothing: 1 },
};

async function curveOf(table: Table, metric: string) {
  const folds = splitFolds(table, 4, 7);
  const tasks: FoldTask[] = [];
  const pool: FoldPool = {
    assess: (asked) => {
      tasks.push(...asked);
      return Promise.resolve(asked.map((task) => assess(table, task)));
    },
  };
  const score = { mean: 0, sd: 0 };
  const options = { spec: { seed: 7 }, candidate, metric, score, folds, pool };
  const curve = await learningCurve(table, { ...options, onProgress: () => undefined });
  return { curve, folds, tasks, score };
}

const labelled = madeUpTable({ seed: 3, rows: 800, numbers: 3, categories: [5], labels: 4 });

test('each step learns from about twice the rows of the one before, and holds them all', async () => {
  const { curve, folds, tasks, score } = await curveOf(labelled, 'log_loss');
  expect(curve!.points.map(({ rows }) => rows)).toEqual([38, 76, 152, 304, 600]);
  expect(curve!.points.at(-1)!.score).toEqual(score);
  tasks.forEach(({ fold }, place) => {
    const whole = folds[place % folds.length]!;
    expect(fold.heldOut).toEqual(whole.heldOut);
    const [rows, allowed] = [new Set(fold.training), new Set(whole.training)];
    expect(rows.size).toBe(fold.training.length);
    expect([...rows].every((row) => allowed.has(row))).toBe(true);
    const next = new Set(tasks[place + folds.length]?.fold.training ?? rows);
    expect([...rows].every((row) => next.has(row))).toBe(true);
  });
});

test('every step has each label’s share of the rows', async () => {
  const { tasks } = await curveOf(labelled, 'log_loss');
  const { codes, labels } = labelled.target as ClassColumn;
  const shares = (rows: Int32Array): number[] =>
    Array.from(
      { length: labels },
      (_, label) => rows.filter((row) => codes[row] === label).length / rows.length,
    );
  for (const { fold } of tasks) {
    const whole = shares(Int32Array.from({ length: labelled.count }, (_, row) => row));
    shares(fold.training).forEach((share, label) =>
      expect(Math.abs(share - whole[label]!)).toBeLessThan(0.06),
    );
  }
});

test('more rows of a table with a pattern make a better tree, and every score is a number', async () => {
  const table = madeUpTable({ seed: 5, rows: 1200, numbers: 2, categories: [], labels: 0 });
  const { curve } = await curveOf(table, 'rmse');
  const means = curve!.points.map(({ score }) => score.mean);
  expect(means.every(Number.isFinite)).toBe(true);
  expect(means[0]).toBeGreaterThan(means[3]! * 1.2);
});

test('a table of few rows has no curve', async () => {
  const table = madeUpTable({ seed: 5, rows: 50, numbers: 2, categories: [], labels: 2 });
  expect((await curveOf(table, 'log_loss')).curve).toBeNull();
});
