// Rows of rare labels made to count more.

import type { Table } from '../table/table.ts';
import { weightsOf } from './margins.ts';

/** The table with each row's weight times n / (k · n of its label), so that all labels weigh alike; a number's is left as it is. */
export function balance(table: Table): Table {
  const { target, count } = table;
  if (target.type === 'number') return table;
  const rows = new Array<number>(target.labels).fill(0);
  for (const code of target.codes) rows[code]!++;
  const weights = weightsOf(table).map(
    (weight, row) => (weight * count) / (target.labels * rows[target.codes[row]!]!),
  );
  return { ...table, weights };
}
