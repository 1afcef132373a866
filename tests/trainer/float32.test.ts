// The float32 number line: its neighbours, and thresholds that no float32 value crosses by being rounded.

import { expect, test } from 'vitest';
import { ceilFloat32, nextFloat32, previousFloat32 } from '../../trainer/table/float32.ts';
import { createRandom } from '../../trainer/table/random.ts';

const LARGEST = (2 - 2 ** -23) * 2 ** 127;
const TINY = 2 ** -149;

test.each([
  [1, 1 + 2 ** -23],
  [-1, -1 + 2 ** -24],
  [0, TINY],
  [-0, TINY],
  [-TINY, 0],
  [TINY, 2 * TINY],
  [LARGEST, Infinity],
  [2 ** -126 - TINY, 2 ** -126],
])('after %d comes %d', (value, next) => {
  expect(nextFloat32(value) - next === 0 || nextFloat32(value) === next).toBe(true);
});

test('previous undoes next', () => {
  const random = createRandom(1, 'steps');
  for (let draw = 0; draw < 2000; draw++) {
    const value = Math.fround((random.next() - 0.5) * 10 ** (random.below(60) - 30));
    expect(previousFloat32(nextFloat32(value))).toBe(value + 0);
    expect(nextFloat32(value)).toBeGreaterThan(value);
  }
});

test('no float32 value changes sides when a threshold is rounded up', () => {
  const random = createRandom(2, 'thresholds');
  for (let draw = 0; draw < 2000; draw++) {
    const low = Math.fround((random.next() - 0.5) * 10 ** (random.below(40) - 20));
    const high = draw % 2 === 0 ? nextFloat32(low) : Math.fround(low + random.next());
    const threshold = (low + high) / 2 + (draw % 3) * 1e-12;
    const rounded = ceilFloat32(threshold);
    expect(Math.fround(rounded)).toBe(rounded);
    for (const value of [
      low,
      previousFloat32(low),
      high,
      nextFloat32(high),
      rounded,
      previousFloat32(rounded),
    ])
      expect(value < rounded).toBe(value < threshold);
  }
});

test('rounding to nearest would let values cross: the rule is needed', () => {
  const low = Math.fround(1 + 2 ** -23);
  const threshold = low + 2 ** -26;
  expect(low < threshold).toBe(true);
  expect(low < Math.fround(threshold)).toBe(false);
  expect(low < ceilFloat32(threshold)).toBe(true);
});
