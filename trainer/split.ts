// Which fold each row is held out in. Stratified and seeded: every fold has each label's share, and a run repeats.

import { createRandom, shuffle } from './random.ts';
import type { Table } from './table.ts';

/** Row indices, ascending. */
export interface Fold {
  readonly training: Int32Array;
  readonly heldOut: Int32Array;
}

/**
 * Every row is held out in exactly one fold. Rows are dealt to the folds like cards, label after label (a number target:
 * in the order of its value), so that folds differ by at most one row in size and in each label.
 */
export function splitFolds(table: Table, folds: number, seed: number): readonly Fold[] {
  if (table.count < folds) throw new Error(`fewer rows than folds: ${table.count} < ${folds}`);
  const dealt = dealingOrder(table, seed);
  const foldOf = new Int32Array(table.count);
  dealt.forEach((row, place) => (foldOf[row] = place % folds));
  return Array.from({ length: folds }, (_, fold) => ({
    training: rowsWhere(foldOf, (found) => found !== fold),
    heldOut: rowsWhere(foldOf, (found) => found === fold),
  }));
}

function dealingOrder({ target, count }: Table, seed: number): Int32Array {
  const rows = shuffle(
    Int32Array.from({ length: count }, (_, row) => row),
    createRandom(seed, 'folds'),
  );
  const keys = target.type === 'category' ? target.codes : target.values;
  return rows.sort((a, b) => keys[a]! - keys[b]!);
}

function rowsWhere(foldOf: Int32Array, accepts: (fold: number) => boolean): Int32Array {
  const rows: number[] = [];
  foldOf.forEach((fold, row) => {
    if (accepts(fold)) rows.push(row);
  });
  return Int32Array.from(rows);
}
