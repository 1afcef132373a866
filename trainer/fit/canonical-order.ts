// One order for the same rows, however the file has them: what makes a fit independent of it to the last bit.

import type { Table } from '../table/table.ts';
import { compareNumbers, sortedFloat32Rows } from './orders.ts';
import { columnOf } from './ranks.ts';

/** Row indices by their features, first to last, then by their target. */
export function canonicalOrder(table: Table): Int32Array {
  const { count, width, values, target } = table;
  const targets = target.type === 'category' ? target.codes : target.values;
  const compare = (a: number, b: number): number => {
    for (let feature = 1; feature < width; feature++) {
      const order = compareNumbers(values[a * width + feature]!, values[b * width + feature]!);
      if (order !== 0) return order;
    }
    return targets[a]! - targets[b]!;
  };
  // By the first feature alone, which is quick; only rows that have the same value there are compared.
  const rows = sortedFloat32Rows(columnOf(table, 0), count);
  const isSame = (a: number, b: number): boolean =>
    compareNumbers(values[rows[a]! * width]!, values[rows[b]! * width]!) === 0;
  for (let from = 0, to = 1; from < count; from = to++) {
    while (to < count && isSame(from, to)) to++;
    if (to - from > 1) rows.subarray(from, to).sort(compare);
  }
  return rows;
}
