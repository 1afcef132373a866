// Which fold each row is held out in. Stratified and seeded: every fold has each label's share, and a run repeats.

import type { ModelSpec } from '#contract/spec.ts';
import { createRandom, shuffle } from './random.ts';
import type { Table } from './table.ts';

/** Row indices, ascending. */
export interface Fold {
  readonly training: Int32Array;
  readonly heldOut: Int32Array;
}

/**
 * Every row is held out in exactly one fold. Rows are dealt to the folds like cards, label after label (a number target:
 * from its lowest value to its highest), so that folds differ by at most one row in size and in each label.
 */
export function splitFolds(table: Table, folds: number, seed: number): readonly Fold[] {
  if (table.count < folds) throw new Error(`fewer rows than folds: ${table.count} < ${folds}`);
  const dealt = dealingOrder(table, folds, seed);
  const foldOf = new Int32Array(table.count);
  dealt.forEach((row, place) => (foldOf[row] = place % folds));
  return Array.from({ length: folds }, (_, fold) => ({
    training: rowsWhere(foldOf, (found) => found !== fold),
    heldOut: rowsWhere(foldOf, (found) => found === fold),
  }));
}

/** The folds of every repeat, one repeat after the other, each dealt anew. */
export const splitRepeatedly = (
  table: Table,
  { folds, repeats = 1, seed }: Pick<ModelSpec, 'folds' | 'repeats' | 'seed'>,
): readonly Fold[] =>
  Array.from({ length: repeats }, (_, repeat) => splitFolds(table, folds, seed + repeat)).flat();

/** Shuffled, then sorted by what every fold must have its share of. */
function dealingOrder(table: Table, folds: number, seed: number): Int32Array {
  const strata = strataOf(table, folds);
  const rows = Int32Array.from({ length: table.count }, (_, row) => row);
  shuffle(rows, createRandom(seed, 'folds'));
  return rows.sort((a, b) => strata[a]! - strata[b]!);
}

/** The label's code; or as many neighbours in value as there are folds, one for each. */
function strataOf({ target, count }: Table, folds: number): Int32Array {
  if (target.type === 'category') return target.codes;
  const strata = new Int32Array(count);
  const ranked = Int32Array.from({ length: count }, (_, row) => row);
  ranked.sort((a, b) => target.values[a]! - target.values[b]!);
  ranked.forEach((row, rank) => (strata[row] = Math.floor(rank / folds)));
  return strata;
}

function rowsWhere(foldOf: Int32Array, accepts: (fold: number) => boolean): Int32Array {
  const rows: number[] = [];
  foldOf.forEach((fold, row) => {
    if (accepts(fold)) rows.push(row);
  });
  return Int32Array.from(rows);
}
