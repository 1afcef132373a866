// Values → a few hundred bins each, so that gradients are added up per bin and a split is looked for among bins, not rows.

import { ceilFloat32, nextFloat32 } from '../float32.ts';
import type { Table } from '../table.ts';

export interface Bins {
  /** By place in an encoded row: the bin of each row. Missing values have the last one; unknown categories the first. */
  readonly codes: readonly Uint16Array[];
  /** By place: a value in bin b or below is less than the b-th threshold (float32, ascending). */
  readonly thresholds: readonly Float64Array[];
  /** By place: whether bin c + 1 is category c. */
  readonly isCategory: readonly boolean[];
  /** By place: where its bins begin when those of all places are put in a row; one more for the end. */
  readonly starts: Int32Array;
}

const MOST_BINS = 255;

export function createBins({ signature, count, width, values }: Table): Bins {
  const columns = signature.features.map((_, place) =>
    Float32Array.from({ length: count }, (_, row) => values[row * width + place]!),
  );
  const thresholds = signature.features.map((feature, place) =>
    feature.type === 'number'
      ? numberThresholds(columns[place]!)
      : Float64Array.from({ length: feature.categories.length + 1 }, (_, code) => code - 0.5),
  );
  const starts = new Int32Array(width + 1);
  for (let place = 0; place < width; place++)
    starts[place + 1] = starts[place]! + thresholds[place]!.length + 1;
  return {
    codes: columns.map((column, place) => codesOf(column, thresholds[place]!)),
    thresholds,
    isCategory: signature.features.map(({ type }) => type === 'category'),
    starts,
  };
}

/** Between all neighbouring values; where those are too many, between values of about equally many rows. */
function numberThresholds(column: Float32Array): Float64Array {
  const known = column.filter((value) => !Number.isNaN(value)).sort();
  const thresholds: number[] = [];
  const distinct = known.filter((value, place) => place === 0 || value !== known[place - 1]);
  const between = (low: number, high: number): number => ceilFloat32((low + high) / 2);
  if (distinct.length <= MOST_BINS)
    for (let place = 1; place < distinct.length; place++)
      thresholds.push(between(distinct[place - 1]!, distinct[place]!));
  else
    for (let bin = 1; bin < MOST_BINS; bin++) {
      const place = Math.floor((bin * known.length) / MOST_BINS);
      const [low, high] = [known[place - 1]!, known[place]!];
      const threshold = low < high ? between(low, high) : nextFloat32(low);
      if (threshold > (thresholds.at(-1) ?? -Infinity)) thresholds.push(threshold);
    }
  // The last boundary parts the known from the missing.
  if (known.length > 0 && known.length < column.length) {
    const threshold = nextFloat32(known.at(-1)!);
    if (threshold > (thresholds.at(-1) ?? -Infinity)) thresholds.push(threshold);
  }
  return Float64Array.from(thresholds);
}

function codesOf(column: Float32Array, thresholds: Float64Array): Uint16Array {
  const codes = new Uint16Array(column.length);
  for (let row = 0; row < column.length; row++) {
    const value = column[row]!;
    let [low, high] = [0, thresholds.length];
    // NaN is less than no threshold, so it ends up in the last bin.
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value < thresholds[middle]!) high = middle;
      else low = middle + 1;
    }
    codes[row] = low;
  }
  return codes;
}
