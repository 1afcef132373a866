// Float32 values as JSON numbers.

/**
 * The decimal with the fewest digits that reads back as the same float32: 0.97, not 0.9700000286102295.
 * `value` must be a float32; nine significant digits always suffice (IEEE 754 binary32).
 */
export function shortestDecimal(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return String(rounded);
  }
  return String(Number(value.toPrecision(9)));
}
