// The trivial model that every metric stands beside: it never looks at a row.

import { mean } from './metrics.ts';
import type { Table } from '../table/table.ts';

/** The one answer the dummy gives: the class frequencies (so the commonest label), or the mean, of the training rows. */
export function dummyAnswer({ target, count }: Table): readonly number[] {
  if (target.type === 'number') return [mean([...target.values])];
  const counts = new Array<number>(target.labels).fill(0);
  for (const code of target.codes) counts[code]!++;
  return counts.map((found) => found / count);
}
