// Row indices in sorted order, one list per column, kept sorted while nodes divide them: rows are sorted once per tree,
// not once per node.

/** Rows 0…count-1 by ascending `values`; ties by row, NaN last. */
export function sortedRows(values: ArrayLike<number>, count: number): Int32Array<ArrayBuffer> {
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  return rows.sort((a, b) => compareNumbers(values[a]!, values[b]!) || a - b);
}

/** Row and value fit into the whole numbers of one float64: 32 bits of value, 21 of row. */
const MOST_ROWS = 2 ** 21;

/** `sortedRows` of float32 values, some ten times faster: numbers that hold value and row are sorted as numbers. */
export function sortedFloat32Rows(values: Float32Array, count: number): Int32Array<ArrayBuffer> {
  if (count > MOST_ROWS) return sortedRows(values, count);
  // Adding 0 makes 0 of -0: they are equal.
  const bits = new Int32Array(values.map((value) => value + 0).buffer);
  const keys = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const found = bits[row]!;
    // Ascending bits are ascending values once the sign is turned round, and negative ones all bits.
    const ascending = found < 0 ? ~found >>> 0 : (found | 0x80000000) >>> 0;
    const rank = Number.isNaN(values[row]!) ? 0xffffffff : ascending;
    keys[row] = rank * MOST_ROWS + row;
  }
  keys.sort();
  return Int32Array.from(keys, (key) => key % MOST_ROWS);
}

/** Ascending, NaN after every number. */
export function compareNumbers(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
}

/** A node is the range [start, end) of every order. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Marks which rows go left, then moves them to the front of the range in every order without changing their sequence. */
export function divide(
  orders: readonly Int32Array[],
  { start, end }: Range,
  goesLeft: Uint8Array,
  spare: Int32Array,
): void {
  for (const order of orders) {
    let left = start;
    let right = 0;
    for (let place = start; place < end; place++) {
      const row = order[place]!;
      if (goesLeft[row] === 1) order[left++] = row;
      else spare[right++] = row;
    }
    order.set(spare.subarray(0, right), left);
  }
}
