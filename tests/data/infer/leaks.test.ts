// What gives a target away, and what only seems to.

import { describe, expect, test } from 'vitest';
import { codesOf, conditionalEntropy, entropy, leakOf } from '#data/infer/leaks.ts';
import { createRandom } from '#data/random.ts';

const random = createRandom(5);
const rows = 400;
const species = Array.from({ length: rows }, () => `s${Math.floor(random.uniform() * 12)}`);
const price = Array.from({ length: rows }, () => Math.round(random.uniform() * 1e6) / 100);
const column = <T>(of: (row: number) => T): T[] =>
  Array.from({ length: rows }, (_, row) => of(row));

test('entropy is that of Shannon, in bits', () => {
  expect(entropy(codesOf(['a', 'b', 'c', 'd']))).toBe(2);
  expect(entropy(codesOf(['a', 'a', null, null]))).toBe(1);
  expect(entropy(codesOf(['a', 'a']))).toBeCloseTo(0, 12);
  const [x, y] = [codesOf(['a', 'a', 'b', 'b']), codesOf(['u', 'v', 'w', 'w'])];
  expect(conditionalEntropy(y, x)).toBe(0.5);
  expect(conditionalEntropy(x, y)).toBe(0);
});

describe('a leak', () => {
  test.each([
    [
      'the target by another name',
      column((row) => `Latin ${species[row]}`),
      'is the target in other words',
    ],
    [
      'its code',
      column((row) => Number(species[row]!.slice(1)) * 7),
      'is the target in other words',
    ],
    [
      'its family',
      column((row) => Number(species[row]!.slice(1)) % 3),
      'is determined by the target',
    ],
    ['a finer name', column((row) => `${species[row]}-${row % 5}`), 'determines the target'],
    [
      'its name, with a slip of the pen',
      column((row) => (row === 7 ? 'Latin s0' : `Latin ${species[row]}`)),
      'is the target in other words',
    ],
  ])('%s', (_, cells, why) => {
    expect(leakOf(cells, species)).toBe(why);
  });

  test('a number in another unit', () => {
    expect(
      leakOf(
        column((row) => price[row]! * 0.3937 + 4),
        price,
      ),
    ).toBe('is the target in another unit');
  });
});

describe('no leak', () => {
  test.each([
    ['chance', column(() => Math.floor(random.uniform() * 4))],
    ['a strong hint', column((row) => (row % 10 === 0 ? 'other' : species[row]!))],
    [
      'a measurement that tells all labels apart',
      column((row) => Number(species[row]!.slice(1)) + random.uniform() / 2),
    ],
    ['another value in every row', column((row) => `row ${row}`)],
    ['one value that is rare', column((row) => (row === 3 ? 'x' : null))],
  ])('%s', (_, cells) => {
    expect(leakOf(cells, species)).toBeNull();
  });

  test('numbers that hardly repeat, beside a number that hardly does', () => {
    const size = column(() => Math.round(random.uniform() * 3000) / 10);
    expect(leakOf(size, price)).toBeNull();
    expect(
      leakOf(
        column((row) => price[row]! + 500 * random.deviate()),
        price,
      ),
    ).toBeNull();
  });
});
