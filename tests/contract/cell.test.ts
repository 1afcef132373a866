import { cellValue } from '#contract/features/cell.ts';
import type { NumberFeature } from '#contract/signature.ts';
import { expect, test } from 'vitest';

const feature: NumberFeature = {
  type: 'number',
  name: 'size',
  column: 'Size',
  description: 'Length.',
  nullable: false,
  unit: 'm',
  minimum: 0,
  maximum: 2,
};

test.each([
  ['1', 1],
  ['1.', 1],
  ['1.5', 1.5],
  ['.5', 0.5],
  ['-1.5e+3', -1500],
  [' 2 ', 2],
  ['.', '.'],
  ['1.5.5', '1.5.5'],
  ['e3', 'e3'],
])('the cell %j is %j', (text, value) => {
  expect(cellValue(feature, text)).toBe(value);
});

// A record of a stream may have a million characters; with backtracking this cell takes minutes.
test.each(['1', '1.', '.1', '1e'])(
  'a long cell of %j that is not a number costs in proportion to its length',
  (part) => {
    const text = `${part.repeat(500_000 / part.length)}x`;
    const started = performance.now();
    expect(cellValue(feature, text)).toBe(text);
    expect(performance.now() - started).toBeLessThan(1_000);
  },
);
