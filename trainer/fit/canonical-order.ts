// One order for the same rows, however the file has them: what makes a fit independent of it to the last bit.

import type { Table } from '../table.ts';
import { compareNumbers } from './orders.ts';

/** Row indices by their features, first to last, then by their target. */
export function canonicalOrder({ count, width, values, target }: Table): Int32Array {
  const targets = target.type === 'category' ? target.codes : target.values;
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  return rows.sort((a, b) => {
    for (let feature = 0; feature < width; feature++) {
      const order = compareNumbers(values[a * width + feature]!, values[b * width + feature]!);
      if (order !== 0) return order;
    }
    return targets[a]! - targets[b]!;
  });
}
