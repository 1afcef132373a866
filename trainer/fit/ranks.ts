// Values → places among the distinct values of their column, so that a tree sorts and compares whole numbers.

import type { Table } from '../table/table.ts';
import { sortedFloat32Rows } from './orders.ts';

export interface Ranks {
  /** By row: 0 for the column's lowest value; a missing value has `missing`, above all others. */
  readonly ranks: Int32Array;
  /** By rank: the float32 value, ascending. */
  readonly values: Float32Array;
  readonly missing: number;
}

/** By place in an encoded row. */
export const rankColumns = (table: Table): readonly Ranks[] =>
  table.signature.features.map((_, place) => rank(columnOf(table, place)));

export function columnOf({ count, width, values }: Table, place: number): Float32Array {
  const column = new Float32Array(count);
  for (let row = 0; row < count; row++) column[row] = values[row * width + place]!;
  return column;
}

function rank(column: Float32Array): Ranks {
  const order = sortedFloat32Rows(column, column.length);
  const ranks = new Int32Array(column.length);
  const values = new Float32Array(column.length);
  let distinct = 0;
  for (const row of order) {
    const value = column[row]!;
    if (distinct === 0 || value !== values[distinct - 1]) {
      // Missing values come last: from here on there are no others.
      if (Number.isNaN(value)) {
        ranks[row] = distinct;
        continue;
      }
      values[distinct++] = value;
    }
    ranks[row] = distinct - 1;
  }
  return { ranks, values: values.slice(0, distinct), missing: distinct };
}
