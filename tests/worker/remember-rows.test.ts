import { describe, expect, test, vi } from 'vitest';
import { rememberRows, type RowFormat } from '../../worker/protocols/v1/remember-rows.ts';

const format: RowFormat = (outputs, offset) => `${outputs[offset]}|${outputs[offset + 1]}`;

describe('a remembered format writes what the format writes', () => {
  test('for rows that come again, that differ little, and that are no numbers', () => {
    const remembered = rememberRows(format, 2);
    const values = [0, -0, 1e-30, 1e-38, 0.5, Math.fround(0.1), NaN, Infinity, 1];
    for (let turn = 0; turn < 3; turn++)
      for (const a of values)
        for (const b of values) {
          const outputs = Float32Array.of(9, a, b);
          expect(remembered(outputs, 1)).toBe(format(outputs, 1));
        }
  });

  test('when it was asked for more than it can keep', () => {
    const long: RowFormat = (outputs, offset) => `${outputs[offset]}`.padEnd(100_000, ' ');
    const remembered = rememberRows(long, 1);
    for (let value = 0; value < 50; value++)
      expect(remembered(Float32Array.of(value), 0)).toBe(long(Float32Array.of(value), 0));
  });
});

test('the same row is written once', () => {
  const counted = vi.fn(format);
  const remembered = rememberRows(counted, 2);
  const outputs = Float32Array.of(0.25, 0.75, 0.25, 0.75);
  remembered(outputs, 0);
  outputs[0] = 0.25;
  remembered(outputs, 2);
  expect(counted).toHaveBeenCalledTimes(1);
});
