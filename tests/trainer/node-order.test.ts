// The rows of a node in the order of a feature: as a stable sort would have them, however many there are.

import { expect, test } from 'vitest';
import { createNodeOrder } from '../../trainer/fit/node-order.ts';
import { createRandom } from '../../trainer/table/random.ts';

const ROWS = 5000;
const random = createRandom(1, 'node order');

test.each([
  [2, 3],
  [9, 100],
  [28, 40],
  [29, 2],
  [30, 255],
  [200, 256],
  [400, 257],
  [1500, 70_000],
  [ROWS, 2 ** 22],
  [12, 2 ** 30],
])('%i rows of up to %i ranks are in order, equals as they came', (size, ranks) => {
  const own = Int32Array.from({ length: ROWS }, () => random.below(ranks));
  const rows = Int32Array.from({ length: ROWS }, (_, row) => row).filter((row) => row % 3 !== 1);
  const start = Math.max(0, Math.min(17, rows.length - size));
  const range = { start, end: Math.min(rows.length, start + size) };
  const expected = [...rows.subarray(range.start, range.end)].sort((a, b) => own[a]! - own[b]!);
  const { order, sort } = createNodeOrder(ROWS);
  // Twice: what the first node leaves behind is nothing to the second.
  for (let time = 0; time < 2; time++) {
    expect(sort(rows, range, own)).toBe(true);
    expect(order.size).toBe(range.end - range.start);
    expect([...order.rows.subarray(0, order.size)]).toEqual(expected);
    expect([...order.ranks.subarray(0, order.size)]).toEqual(expected.map((row) => own[row]));
  }
});

test('rows of one rank are said to be alike', () => {
  const { sort } = createNodeOrder(4);
  const ranks = Int32Array.of(7, 7, 8, 7);
  expect(sort(Int32Array.of(0, 1, 3, 2), { start: 0, end: 3 }, ranks)).toBe(false);
  expect(sort(Int32Array.of(0, 1, 3, 2), { start: 0, end: 4 }, ranks)).toBe(true);
});
