// A slider's stops are round numbers that the model was trained on.

import { describe, expect, test } from 'vitest';
import { stopsOf } from '../../site/src/lib/slider.ts';

describe('stopsOf', () => {
  test.each([
    [0.14, 6.12, { minimum: 0.15, maximum: 6.1, step: 0.05 }],
    [4.4, 1139.7, { minimum: 10, maximum: 1130, step: 10 }],
    [0, 100, { minimum: 0, maximum: 100, step: 0.5 }],
    [0.7, 2.7, { minimum: 0.7, maximum: 2.7, step: 0.01 }],
    [-1, 1, { minimum: -1, maximum: 1, step: 0.01 }],
    [1e-9, 3e-9, { minimum: 1e-9, maximum: 3e-9, step: 1e-11 }],
    [5, 5, { minimum: 5, maximum: 5, step: 1 }],
  ])('%d to %d', (minimum, maximum, stops) => {
    expect(stopsOf(minimum, maximum)).toEqual(stops);
  });

  test('never leaves the range, and leaves less than a step of it out at each end', () => {
    for (let index = 0; index < 2_000; index++) {
      const minimum = Math.sin(index) * 10 ** (index % 9);
      const width = (1 + Math.cos(index * 7)) * 10 ** (index % 7) + 1e-3;
      const stops = stopsOf(minimum, minimum + width);
      const slack = stops.step * 1e-5;
      expect(stops.minimum).toBeGreaterThanOrEqual(minimum - slack);
      expect(stops.maximum).toBeLessThanOrEqual(minimum + width + slack);
      expect(stops.minimum - minimum).toBeLessThan(stops.step + slack);
      expect(minimum + width - stops.maximum).toBeLessThan(stops.step + slack);
      expect(width / stops.step).toBeLessThanOrEqual(200 + 1e-6);
      expect(width / stops.step).toBeGreaterThan(70);
    }
  });
});
