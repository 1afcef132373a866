// A table as a linear model sees it: standardised numbers, and for each row the few columns that are 1 (its categories, and
// what it has missing).

import type { Table } from '../table/table.ts';

export interface NumberColumn {
  readonly place: number;
  /** Over the rows in which it is known. */
  readonly mean: number;
  /** Population standard deviation, 1 where that is 0. */
  readonly scale: number;
  readonly minimum: number;
  readonly maximum: number;
}

export interface Design {
  readonly numbers: readonly NumberColumn[];
  /** [rows, numbers], row after row; a missing value is 0, the mean. */
  readonly values: Float64Array;
  /** By place in an encoded row: the column that is 1 where the value is missing; null where none is. */
  readonly missing: readonly (number | null)[];
  /** By place: the column of its first category; null for a number. */
  readonly categories: readonly (number | null)[];
  /** Columns in all: numbers, then missing values, then categories. */
  readonly width: number;
  /** Places that have a column which is 1 for some row. */
  readonly onePlaces: readonly number[];
  /** [rows, onePlaces], row after row: the column that is 1; -1 for none. */
  readonly ones: Int32Array;
}

export function createDesign(table: Table): Design {
  const { count, width: places, values, signature } = table;
  const numbers = signature.features.flatMap((feature, place) =>
    feature.type === 'number' ? [describe(table, place)] : [],
  );
  let next = numbers.length;
  const missing = signature.features.map((_, place) => (hasMissing(table, place) ? next++ : null));
  const categories = signature.features.map((feature) => {
    if (feature.type === 'number') return null;
    const first = next;
    next += feature.categories.length;
    return first;
  });
  const onePlaces = signature.features
    .map((_, place) => place)
    .filter((place) => missing[place] !== null || categories[place] !== null);
  const dense = new Float64Array(count * numbers.length);
  numbers.forEach(({ place, mean, scale }, column) => {
    for (let row = 0; row < count; row++) {
      const value = values[row * places + place]!;
      dense[row * numbers.length + column] = Number.isNaN(value) ? 0 : (value - mean) / scale;
    }
  });
  const ones = new Int32Array(count * onePlaces.length).fill(-1);
  onePlaces.forEach((place, at) => {
    const first = categories[place]!;
    for (let row = 0; row < count; row++) {
      const value = values[row * places + place]!;
      const one = row * onePlaces.length + at;
      if (Number.isNaN(value)) ones[one] = missing[place]!;
      else if (first !== null && value >= 0) ones[one] = first + value;
    }
  });
  return { numbers, values: dense, missing, categories, width: next, onePlaces, ones };
}

function hasMissing({ values, width, count }: Table, place: number): boolean {
  for (let row = 0; row < count; row++) if (Number.isNaN(values[row * width + place]!)) return true;
  return false;
}

/** Rounded to float32 as the file holds it, so that what is fitted is what is served. */
function describe({ values, width, count }: Table, place: number): NumberColumn {
  let [known, sum, minimum, maximum] = [0, 0, Infinity, -Infinity];
  for (let row = 0; row < count; row++) {
    const value = values[row * width + place]!;
    if (Number.isNaN(value)) continue;
    known++;
    sum += value;
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  if (known === 0) return { place, mean: 0, scale: 1, minimum: 0, maximum: 0 };
  const mean = Math.fround(sum / known);
  let squares = 0;
  for (let row = 0; row < count; row++) {
    const value = values[row * width + place]!;
    if (!Number.isNaN(value)) squares += (value - mean) * (value - mean);
  }
  const isConstant = minimum === maximum;
  return { place, mean, scale: isConstant ? 1 : Math.sqrt(squares / known), minimum, maximum };
}
