// What gradient-fitted models share: how many margins a target takes, and what a row weighs.

import type { Table } from '../table/table.ts';

/** Margins to fit: one per label; two labels and a number take one. */
export function marginsOf(target: Table['target']): number {
  return target.type === 'category' && target.labels > 2 ? target.labels : 1;
}

/** By row: its weight, 1 where the table has none. */
export const weightsOf = ({ weights, count }: Table): Float64Array =>
  weights ?? new Float64Array(count).fill(1);
