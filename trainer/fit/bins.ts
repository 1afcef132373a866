// Values → a few hundred bins each, so that gradients are added up per bin and a split is looked for among bins, not rows.

import { ceilFloat32, nextFloat32 } from '../table/float32.ts';
import type { Table } from '../table/table.ts';
import { rankColumns, type Ranks } from './ranks.ts';

export interface Bins {
  readonly width: number;
  /** By place in an encoded row: the bin of each row. */
  readonly codes: readonly Uint16Array[];
  /**
   * The same, [rows, width], row after row: where the bin of each value begins in a histogram of all places' bins. Missing values have
   * their place's last bin; unknown categories the first.
   */
  readonly cells: Int32Array;
  /** By place: a value in bin b or below is less than the b-th threshold (float32, ascending). */
  readonly thresholds: readonly Float64Array[];
  /** By place: whether bin c + 1 is category c. */
  readonly isCategory: readonly boolean[];
  /** By place: where its bins begin when those of all places are put in a row; one more for the end. */
  readonly starts: Int32Array;
}

/** Numbers that a bin takes in a histogram. */
export const CELLS = 3;

const MOST_BINS = 255;

export function createBins(table: Table): Bins {
  const { signature, count, width } = table;
  const columns = rankColumns(table);
  const thresholds = signature.features.map((feature, place) =>
    feature.type === 'number'
      ? numberThresholds(columns[place]!)
      : Float64Array.from({ length: feature.categories.length + 1 }, (_, code) => code - 0.5),
  );
  const starts = new Int32Array(width + 1);
  for (let place = 0; place < width; place++)
    starts[place + 1] = starts[place]! + thresholds[place]!.length + 1;
  const cells = new Int32Array(count * width);
  const codes = columns.map(({ ranks, values }, place) => {
    const bins = binsOfRanks(values, thresholds[place]!);
    const own = new Uint16Array(count);
    for (let row = 0; row < count; row++) {
      const bin = bins[ranks[row]!]!;
      own[row] = bin;
      cells[row * width + place] = (starts[place]! + bin) * CELLS;
    }
    return own;
  });
  return {
    width,
    codes,
    cells,
    thresholds,
    isCategory: signature.features.map(({ type }) => type === 'category'),
    starts,
  };
}

/** Between all neighbouring values; where those are too many, between values of about equally many rows. */
function numberThresholds({ ranks, values, missing }: Ranks): Float64Array {
  const thresholds: number[] = [];
  const between = (low: number, high: number): number => ceilFloat32((low + high) / 2);
  if (missing <= MOST_BINS)
    for (let rank = 1; rank < missing; rank++)
      thresholds.push(between(values[rank - 1]!, values[rank]!));
  else {
    const upTo = rowsUpTo(ranks, missing);
    const known = upTo[missing - 1]!;
    for (let bin = 1, rank = 0; bin < MOST_BINS; bin++) {
      const rows = Math.floor((bin * known) / MOST_BINS);
      while (upTo[rank]! < rows) rank++;
      const isBoundary = upTo[rank] === rows;
      const low = values[rank]!;
      const threshold = isBoundary ? between(low, values[rank + 1]!) : nextFloat32(low);
      if (threshold > (thresholds.at(-1) ?? -Infinity)) thresholds.push(threshold);
    }
  }
  // The last boundary parts the known from the missing.
  if (missing > 0 && ranks.includes(missing)) {
    const threshold = nextFloat32(values[missing - 1]!);
    if (threshold > (thresholds.at(-1) ?? -Infinity)) thresholds.push(threshold);
  }
  return Float64Array.from(thresholds);
}

/** By rank: how many rows have it or a lower one. */
function rowsUpTo(ranks: Int32Array, missing: number): Int32Array {
  const rows = new Int32Array(missing + 1);
  for (const rank of ranks) rows[rank]!++;
  for (let rank = 1; rank < missing; rank++) rows[rank]! += rows[rank - 1]!;
  return rows;
}

/** By rank; a missing value is less than no threshold, so it ends up in the last bin. */
function binsOfRanks(values: Float32Array, thresholds: Float64Array): Int32Array {
  const bins = new Int32Array(values.length + 1);
  let bin = 0;
  for (let rank = 0; rank < values.length; rank++) {
    while (bin < thresholds.length && values[rank]! >= thresholds[bin]!) bin++;
    bins[rank] = bin;
  }
  bins[values.length] = thresholds.length;
  return bins;
}
