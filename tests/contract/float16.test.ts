import { float16Bits, readFloat16 } from '#contract/tensors/float16.ts';
import { expect, test } from 'vitest';

test('writing what was read gives the same bits, for every half-precision number', () => {
  const wrong = Array.from({ length: 0x10000 }, (_, bits) => bits).filter((bits) => {
    const value = readFloat16(bits);
    return Number.isNaN(value)
      ? (float16Bits(value) & 0x7c00) !== 0x7c00
      : float16Bits(value) !== bits;
  });
  expect(wrong).toEqual([]);
});

test('a value between two goes to the nearer, and to the even one from the middle', () => {
  const wrong: number[] = [];
  for (let bits = 0; bits < 0x7bff; bits++) {
    const [low, high] = [readFloat16(bits), readFloat16(bits + 1)];
    const middle = (low + high) / 2;
    const even = bits % 2 === 0 ? bits : bits + 1;
    const quarter = float16Bits((low + middle) / 2);
    if (float16Bits(middle) !== even || quarter !== bits) wrong.push(bits);
  }
  expect(wrong).toEqual([]);
});

test.each([
  [65_519.99, 0x7bff],
  [65_520, 0x7c00],
  [-1e9, 0xfc00],
  [2 ** -25, 0],
  [2 ** -24, 1],
  [-0, 0x8000],
])('%d is 0x%s', (value, bits) => {
  expect(float16Bits(value)).toBe(bits);
});
