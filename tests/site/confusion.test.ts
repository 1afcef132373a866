// The confusion matrix as it is shown: of many labels those that matter, and no row is lost.

import { describe, expect, test } from 'vitest';
import { confusionView, mistakesOf } from '../../site/src/lib/confusion.ts';

const LABELS = ['a', 'b', 'c', 'd'];
const MATRIX = [
  [9, 0, 1, 0],
  [0, 9, 0, 0],
  [3, 0, 7, 1],
  [0, 0, 0, 9],
];

const sum = (rows: readonly (readonly number[])[]): number =>
  rows.flat().reduce((a, b) => a + b, 0);

test('mistakes are told in words, most rows first, and what is right is none', () => {
  expect(mistakesOf(LABELS, MATRIX)).toEqual([
    { truth: 'c', taken: 'a', rows: 3 },
    { truth: 'a', taken: 'c', rows: 1 },
    { truth: 'c', taken: 'd', rows: 1 },
  ]);
});

describe('confusionView', () => {
  test('of as many labels as fit is the matrix itself', () => {
    const view = confusionView(LABELS, MATRIX, 4);
    expect(view).toMatchObject({ labels: LABELS, cells: MATRIX, left_out: 0, most: 9 });
  });

  test('of more labels shows those with most mistakes, in the model’s order, and counts the rest of their rows', () => {
    const view = confusionView(LABELS, MATRIX, 2);
    expect(view.labels).toEqual(['a', 'c']);
    expect(view.cells).toEqual([
      [9, 1],
      [3, 7],
    ]);
    expect(view.elsewhere).toEqual([0, 1]);
    expect(view.left_out).toBe(2);
  });

  test('of 200 labels loses no row of those it shows', () => {
    const size = 200;
    const labels = Array.from({ length: size }, (_, at) => `label ${at}`);
    const matrix = labels.map((_, truth) => labels.map((_, taken) => (truth * 7 + taken * 3) % 5));
    const view = confusionView(labels, matrix, 24);
    const shown = view.labels.map((label) => matrix[labels.indexOf(label)]!);
    expect(view.labels).toHaveLength(24);
    expect(sum(view.cells) + sum([view.elsewhere])).toBe(sum(shown));
  });
});
