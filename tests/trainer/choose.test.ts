// The smallest candidate that is as good as the best, for all that held-out rows can tell.

import { expect, test } from 'vitest';
import type { FoldResult } from '../../trainer/select/assess.ts';
import { choose, type Tried } from '../../trainer/select/choose.ts';
import { createRandom } from '../../trainer/table/random.ts';
import { refusals } from '../../trainer/select/select.ts';
import { tableOf } from './tables.ts';

const ROWS = 200;
const random = createRandom(1, 'choose');
const codes = Array.from({ length: ROWS }, () => random.below(2));
const table = tableOf(
  codes.map((code) => [code]),
  codes,
);

/** Answers with the true label's probability `sure` in the mean, give or take `spread`. */
function tried(sure: number, spread: number, nodes: number, fits = true): Tried {
  const answers = codes.map((code) => {
    const p = sure + spread * (random.next() - 0.5);
    return Float32Array.from(code === 1 ? [1 - p, p] : [p, 1 - p]);
  });
  const loss = answers.reduce((sum, answer, row) => sum - Math.log(answer[codes[row]!]!), 0);
  const right = answers.filter((answer, row) => answer[codes[row]!]! > 0.5).length;
  const result: FoldResult = {
    heldOut: Int32Array.from(codes.keys()),
    answers,
    model: { log_loss: loss / ROWS, accuracy: right / ROWS },
    dummy: {},
    isDummy: false,
    importance: [],
    nodes,
  };
  return { results: [result], fits };
}

test('of two that cannot be told apart the smaller one is taken, though it scores worse', () => {
  const [large, small] = [tried(0.8, 0.3, 500), tried(0.799, 0.3, 20)];
  expect(choose(table, [large, small, tried(0.6, 0.1, 1)], 'log_loss')).toBe(1);
});

test('a larger one that is better beyond doubt is taken', () => {
  expect(choose(table, [tried(0.7, 0.02, 1), tried(0.8, 0.02, 5000)], 'log_loss')).toBe(1);
  expect(choose(table, [tried(0.45, 0.02, 1), tried(0.9, 0.02, 5000)], 'accuracy')).toBe(1);
});

test('of equal size the better one is taken, and of equal everything the first', () => {
  expect(choose(table, [tried(0.79, 0.3, 7), tried(0.8, 0, 7)], 'log_loss')).toBe(1);
  const same = tried(0.8, 0, 7);
  expect(choose(table, [tried(0.2, 0, 1), same, same], 'log_loss')).toBe(1);
});

test('what does not fit is neither taken nor a measure for others', () => {
  const over = tried(0.99, 0.001, 90_000, false);
  expect(choose(table, [over, tried(0.7, 0.01, 9), tried(0.6, 0.01, 3)], 'log_loss')).toBe(1);
  expect(choose(table, [over], 'log_loss')).toBe(0);
});

test('a candidate that answers as the dummy does is refused, unless nobody learned anything', () => {
  const dummy = { log_loss: Math.log(2) };
  const resultOf = (log_loss: number, isDummy: boolean): FoldResult => ({
    ...tried(0.5, 0, 3).results[0]!,
    model: { log_loss },
    dummy,
    isDummy,
  });
  const [idle, learned] = [resultOf(Math.log(2), true), resultOf(0.4, false)];
  const worse = resultOf(0.8, false);
  const spec = { budget: { nodes: 100, bytes: 100 } };
  const reasons = (...results: FoldResult[]) =>
    refusals(
      results.map((result) => [result]),
      spec,
      'log_loss',
    );
  expect(reasons(idle, learned)).toEqual([expect.stringMatching(/^error: learned nothing/), null]);
  expect(reasons(idle, worse)).toEqual([null, null]);
  expect(reasons({ ...learned, nodes: 101 }, learned)).toEqual([
    'over budget: 101 nodes > 100',
    null,
  ]);
});
