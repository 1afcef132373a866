// Columns that know the answer: those that determine the target, and those it determines (a genus, where the species is
// asked for). Who asks for a prediction does not have them, or would not have to ask.

import type { Cell } from '../read/parse-cell.ts';

type Cells = readonly Cell[];

/** Share of its entropy that may be left of a column when the other one is known: a few typing mistakes. */
const LEFT = 0.01;
/** A match as close as this by chance is taken for no chance. */
const CHANCE = 1e-6;
/** Correlation above which one number is the other in another unit. */
const SAME = 0.999999;

/** Why `column` gives `target` away, or null. Equal rows must be left out before, or everything seems to agree. */
export function leakOf(column: Cells, target: Cells): string | null {
  const [codes, targets] = [codesOf(column), codesOf(target)];
  // A measurement may tell all labels apart and be what the model is for.
  const isMeasured = column.some((cell) => typeof cell === 'number');
  const forth = determines(codes, targets);
  const back = determines(targets, codes);
  if (forth && back) return 'is the target in other words';
  if (forth && !isMeasured) return 'determines the target';
  if (back) return 'is determined by the target';
  if (Math.abs(correlation(column, target)) > SAME) return 'is the target in another unit';
  return null;
}

/** A column's values as numbers from 0, in order of appearance; an empty cell is a value. */
export interface Codes {
  readonly codes: Int32Array;
  readonly distinct: number;
}

export function codesOf(cells: Cells): Codes {
  const known = new Map<Cell, number>();
  const codes = Int32Array.from(cells, (cell) => {
    const code = known.get(cell) ?? known.size;
    known.set(cell, code);
    return code;
  });
  return { codes, distinct: known.size };
}

/** Shannon's entropy of a column, in bits. */
export function entropy(column: Codes): number {
  const { codes } = column;
  return countsOf(column).reduce(
    (sum, count) => sum - (count / codes.length) * Math.log2(count / codes.length),
    0,
  );
}

/** H(of | given) = H(of, given) − H(given), in bits. */
export function conditionalEntropy(of: Codes, given: Codes): number {
  const pairs = codesOf(
    Array.from(of.codes, (code, row) => code * given.distinct + given.codes[row]!),
  );
  return entropy(pairs) - entropy(given);
}

/**
 * Whether `of` follows from `given`, and is not seen to by chance. Only rows that share their value of `given` with
 * another say anything: each but the first is a witness, and independent ones would agree as often as two rows drawn
 * at random do.
 */
function determines(given: Codes, of: Codes): boolean {
  const shared = countsOf(given);
  const rows = [...given.codes.keys()].filter((row) => shared[given.codes[row]!]! > 1);
  const [givens, ofs] = [given, of].map(({ codes }) => codesOf(rows.map((row) => codes[row]!)));
  if (givens === undefined || ofs === undefined || ofs.distinct < 2) return false;
  const witnesses = rows.length - givens.distinct;
  const agreement = countsOf(ofs).reduce((sum, count) => sum + (count / rows.length) ** 2, 0);
  if (witnesses * Math.log(agreement) > Math.log(CHANCE)) return false;
  return conditionalEntropy(ofs, givens) <= LEFT * entropy(ofs);
}

function countsOf({ codes, distinct }: Codes): Float64Array {
  const counts = new Float64Array(distinct);
  for (const code of codes) counts[code]!++;
  return counts;
}

/** Pearson's r over rows where both are numbers; 0 where it is not defined. */
function correlation(column: Cells, target: Cells): number {
  let [n, x, y, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
  column.forEach((a, row) => {
    const b = target[row];
    if (typeof a !== 'number' || typeof b !== 'number') return;
    n++;
    const [dx, dy] = [a - x, b - y];
    x += dx / n;
    y += dy / n;
    xx += dx * (a - x);
    yy += dy * (b - y);
    xy += dx * (b - y);
  });
  return n > 10 && xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
}
