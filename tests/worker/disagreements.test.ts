// When two answers are others: labels by the likeliest, numbers by the tolerance.

import type { Target } from '#contract/signature.ts';
import { describe, expect, test } from 'vitest';
import { disagreements } from '../../worker/traffic/disagreements.ts';
import { observedIn, withObserved, type Slot } from '../../worker/traffic/windows.ts';

const number: Target = { type: 'number', name: 'v', column: 'V', unit: 'm' };
const labels: Target = { type: 'category', name: 'c', column: 'C', labels: ['a', 'b'] };

test.each<[one: number[], other: number[], tolerance: number, far: number]>([
  [[1, 2, 3], [1, 2, 3], 0, 0],
  [[1, 2, 3], [1.5, 2.5, 2.5], 0.5, 0],
  [[1, 2, 3], [1.75, 2, 2.25], 0.5, 2],
  [[NaN, NaN, Infinity], [NaN, 1, Infinity], 1, 1],
  [[-Infinity], [Infinity], 1e9, 1],
])('numbers %j and %j, within %d: %d', (one, other, tolerance, far) => {
  const [a, b] = [Float32Array.from(one), Float32Array.from(other)];
  const answers = { target: number, rows: one.length, tolerance };
  expect(disagreements(a, b, answers)).toBe(far);
  expect(disagreements(b, a, answers)).toBe(far);
});

test('labels are the likeliest, however likely', () => {
  const one = Float32Array.of(0.9, 0.1, 0.4, 0.6, 0.5, 0.5);
  const other = Float32Array.of(0.51, 0.49, 0.6, 0.4, 0.5, 0.5);
  expect(disagreements(one, other, { target: labels, rows: 3, tolerance: null })).toBe(1);
});

describe('a window', () => {
  const one = { requests: 1, errors: 1, compared: 2, disagreements: 1, timed: 1, latency_ms: 3 };

  test('has what came within it, in thirteen slots at most', () => {
    const length_ms = 60_000;
    let slots: readonly Slot[] = [];
    for (let now = 0; now <= 600_000; now += 1_000) {
      slots = withObserved(slots, one, { now, length_ms });
      const { requests, latency_ms } = observedIn(slots, { now, length_ms });
      // A slot of five seconds goes as a whole.
      const expected = Math.min(now / 1_000 + 1, 60);
      expect(Math.abs(requests - expected)).toBeLessThanOrEqual(5);
      expect(latency_ms).toBe(requests * 3);
      expect(slots.length).toBeLessThanOrEqual(13);
    }
    expect(observedIn(slots, { now: 700_000, length_ms }).requests).toBe(0);
  });
});
