// Neighbours on the float32 number line: thresholds have to be float32 numbers, and parity is tested one step beside them.

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** The smallest float32 that is greater than `value`, itself a float32; Infinity after the largest. */
export function nextFloat32(value: number): number {
  float[0] = value === 0 ? 0 : value;
  bits[0]! += value < 0 ? -1 : 1;
  return float[0]!;
}

/** The largest float32 that is less than `value`, itself a float32. */
export const previousFloat32 = (value: number): number => -nextFloat32(-value);

/**
 * The smallest float32 that is not less than `threshold`. For every float32 `x`, `x < threshold` and
 * `x < ceilFloat32(threshold)` agree; rounding to nearest would move the values in between.
 */
export function ceilFloat32(threshold: number): number {
  const nearest = Math.fround(threshold);
  return nearest < threshold ? nextFloat32(nearest) : nearest;
}
