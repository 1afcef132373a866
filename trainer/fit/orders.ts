// Row indices in sorted order, one list per column, kept sorted while nodes divide them: rows are sorted once per tree,
// not once per node.

/** Rows 0…count-1 by ascending `values`; ties by row, NaN last. */
export function sortedRows(values: ArrayLike<number>, count: number): Int32Array<ArrayBuffer> {
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  return rows.sort((a, b) => compareNumbers(values[a]!, values[b]!) || a - b);
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
