// Bins of equal width out of bins of equal rows: no row is lost, and none is where none can be.

import { expect, test } from 'vitest';
import { equalBins } from '../../contract/model/baseline.ts';

test.each([
  ['even bins', [1, 2, 3], [5, 5, 5, 5], 0, 4],
  ['a long tail', [0.1, 0.2, 5], [50, 50, 50, 50], 0, 700],
  ['a value that fills a bin of its own', [0, 0, 3], [7, 40, 3, 9], 0, 10],
  ['an edge at the end', [2, 4], [3, 3, 8], 0, 4],
])('%s: the rows stay what they are', (_, edges, counts, minimum, maximum) => {
  const bins = equalBins({ edges, counts }, { minimum, maximum, bins: 12 });
  const total = counts.reduce((sum, count) => sum + count, 0);
  expect(bins.reduce((sum, { rows }) => sum + rows, 0)).toBeCloseTo(total, 9);
  expect(bins[0]!.x1).toBe(minimum);
  expect(bins.at(-1)!.x2).toBeCloseTo(maximum, 9);
});

test('one value alone has no bins', () => {
  expect(equalBins({ edges: [], counts: [9] }, { minimum: 3, maximum: 3, bins: 12 })).toEqual([]);
});
