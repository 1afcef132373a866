// Row indices in sorted order, one list per column, kept sorted while nodes divide them: rows are sorted once per tree,
// not once per node.

/** Rows 0…count-1 by ascending `values`; ties by row, NaN last. */
export function sortedRows(values: ArrayLike<number>, count: number): Int32Array<ArrayBuffer> {
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  return rows.sort((a, b) => compareNumbers(values[a]!, values[b]!) || a - b);
}

const DIGIT_BITS = 11;
const DIGITS = 2 ** DIGIT_BITS;

/** `sortedRows` of float32 values in linear time: by the bits that make them up, as three digits, the least first (radix sort). */
export function sortedFloat32Rows(values: Float32Array, count: number): Int32Array<ArrayBuffer> {
  let keys = ascendingBits(values, count);
  let rows = new Int32Array(count);
  for (let row = 0; row < count; row++) rows[row] = row;
  let [nextKeys, nextRows] = [new Uint32Array(count), new Int32Array(count)];
  const counts = new Int32Array(DIGITS);
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    counts.fill(0);
    for (let place = 0; place < count; place++) counts[(keys[place]! >>> shift) & (DIGITS - 1)]!++;
    // A digit that all have in common orders nothing.
    if (count > 0 && counts[(keys[0]! >>> shift) & (DIGITS - 1)] === count) continue;
    for (let digit = 0, start = 0; digit < DIGITS; digit++) {
      const found = counts[digit]!;
      counts[digit] = start;
      start += found;
    }
    for (let place = 0; place < count; place++) {
      const key = keys[place]!;
      const to = counts[(key >>> shift) & (DIGITS - 1)]!++;
      nextKeys[to] = key;
      nextRows[to] = rows[place]!;
    }
    [keys, nextKeys] = [nextKeys, keys];
    [rows, nextRows] = [nextRows, rows];
  }
  return rows;
}

/** Whole numbers in the order of the float32 values; those that are NaN have the largest. */
function ascendingBits(values: Float32Array, count: number): Uint32Array<ArrayBuffer> {
  const plain = new Float32Array(count);
  // Adding 0 makes 0 of -0: they are equal.
  for (let row = 0; row < count; row++) plain[row] = values[row]! + 0;
  const bits = new Int32Array(plain.buffer);
  const keys = new Uint32Array(count);
  for (let row = 0; row < count; row++) {
    const found = bits[row]!;
    // Ascending bits are ascending values once the sign is turned round, and negative ones all bits.
    const ascending = found < 0 ? ~found : found | 0x80000000;
    keys[row] = Number.isNaN(plain[row]!) ? 0xffffffff : ascending;
  }
  return keys;
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
