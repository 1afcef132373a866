// Equal to the bit means every float32, and nothing less.

import { describe, expect, test } from 'vitest';
import { compareAnswers } from '../../site/src/lib/here/compare.ts';

const target = { type: 'category', name: 't', column: 'T', labels: ['a', 'b'] } as const;
const edge = { label: 'a', probability: 0.97, probabilities: { a: 0.97, b: 0.03 } };

describe('compareAnswers', () => {
  test('reads the shortest decimal as the float32 it names', () => {
    const here = Float32Array.of(0.97, 0.03);
    expect(compareAnswers(target, edge, here)).toEqual({ values: 2, different: 0, largest: 0 });
  });

  test('sees a single bit, and a value that is missing', () => {
    const bit = Float32Array.of(0.97, 0.03);
    new Uint32Array(bit.buffer)[1]! += 1;
    expect(compareAnswers(target, edge, bit).different).toBe(1);
    expect(compareAnswers(target, edge, Float32Array.of(0.97)).different).toBe(1);
  });

  test('of a number compares the number', () => {
    const price = { type: 'number', name: 'p', column: 'P', unit: null } as const;
    expect(compareAnswers(price, { value: 12.5 }, Float32Array.of(12.5)).different).toBe(0);
  });
});
