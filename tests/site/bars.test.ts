// The answer as bars: nothing is lost, and no order is pretended where there is none.

import { describe, expect, test } from 'vitest';
import { barsOf } from '../../site/src/lib/bars.ts';

const TABLE: readonly (readonly [name: string, shares: readonly number[], shown: string])[] = [
  ['two classes are two bars', [0.3, 0.7], 'b .7 | a .3'],
  [
    'seven classes are seven bars',
    [1, 2, 3, 4, 5, 6, 7],
    'g 7 | f 6 | e 5 | d 4 | c 3 | b 2 | a 1',
  ],
  [
    'of eight, the last two are one bar',
    [8, 7, 6, 5, 4, 3, 2, 1],
    'a 8 | b 7 | c 6 | d 5 | e 4 | f 3 | 2 others 3',
  ],
  ['equals stay together in the rest', [9, 1, 1, 1, 1, 1, 1, 1], 'a 9 | 7 others 7'],
  [
    'equals above the cut are shown',
    [3, 3, 3, 3, 3, 3, 1, 1],
    'a 3 | b 3 | c 3 | d 3 | e 3 | f 3 | 2 others 2',
  ],
  ['the answer keeps its bar when all are equal', [1, 1, 1, 1, 1, 1, 1, 1], 'a 1 | 7 others 7'],
];

describe('barsOf', () => {
  test.each(TABLE)('%s', (_, shares, shown) => {
    const entries = shares.map((share, index) => [String.fromCharCode(97 + index), share]);
    const bars = barsOf(Object.fromEntries(entries));
    const words = bars.map(({ label, share, classes }) => {
      const number = String(share).replace(/^0/, '');
      return classes > 1 ? `${classes} others ${number}` : `${label} ${number}`;
    });
    expect(words.join(' | ')).toBe(shown);
    expect(bars.reduce((sum, { classes }) => sum + classes, 0)).toBe(shares.length);
  });
});
