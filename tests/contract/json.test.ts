// The same value is always the same bytes.

import { describe, expect, test } from 'vitest';
import { stableJson } from '#contract/shapes/json.ts';

describe('stableJson', () => {
  test('the order keys were set in does not show', () => {
    expect(stableJson({ b: 1, a: { d: [{ z: 1, y: 2 }], c: null } })).toBe(
      stableJson({ a: { c: null, d: [{ y: 2, z: 1 }] }, b: 1 }),
    );
  });

  test('keys are in code point order, lists stay as they are', () => {
    expect(stableJson({ b: 1, B: 2, ä: 3, a: [3, 1, 2] })).toBe(
      '{\n  "B": 2,\n  "a": [\n    3,\n    1,\n    2\n  ],\n  "b": 1,\n  "ä": 3\n}\n',
    );
  });

  test.each([
    [{ a: [1, NaN] }, '/a/1: NaN'],
    [{ b: Infinity }, '/b: Infinity'],
  ])('a number JSON cannot say is refused: %o', (value, place) => {
    expect(() => stableJson(value)).toThrow(`not a JSON number at ${place}`);
  });

  test.each([1 / 3, 5e-324, -1.5e300, 2 ** 53])('%o reads back as itself', (value) => {
    expect(JSON.parse(stableJson(value))).toBe(value);
  });
});
