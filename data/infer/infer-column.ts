// One column of a schema from the texts it holds.

import type { Column } from '#contract/schema.ts';
import { parseNumber } from '../read/parse-number.ts';
import { orderOf, type ColumnType } from './column-type.ts';
import { unitOf } from './unit.ts';

/** Categories that a schema lists; of more it says that any text is one. */
const LISTED = 12;
/** Whole numbers of at most so many kinds are labels when they are the target. */
const LABELS = 20;

export interface Values {
  /** Empty cells and marks left out. */
  readonly values: readonly string[];
  readonly decimal: '.' | ',';
}

export function inferColumn(name: string, type: ColumnType, { values, decimal }: Values): Column {
  const base = { name, description: name };
  switch (type) {
    case 'number':
      return { ...base, type, unit: unitOf(name), ...rangeOf(numbersOf(values, decimal)) };
    case 'category':
      return { ...base, type, categories: categoriesOf(values) };
    case 'date':
      return { ...base, type, ...(orderOf(values) === 'month-first' && { order: 'month-first' }) };
    case 'boolean':
    case 'text':
      return { ...base, type };
  }
}

/** Whether a target's numbers are names of classes: few, whole, and each in several rows. */
export function isCategories(values: readonly string[], decimal: '.' | ','): boolean {
  const distinct = new Set(numbersOf(values, decimal));
  const few = distinct.size <= LABELS && distinct.size <= values.length / 5;
  return few && [...distinct].every(Number.isInteger);
}

function numbersOf(values: readonly string[], decimal: '.' | ','): readonly number[] {
  return values.flatMap((text) => parseNumber(text, decimal) ?? []);
}

/** Wider than the table, so that only what is off by far is a fault of the next one. */
function rangeOf(numbers: readonly number[]) {
  let [lowest, highest] = [Infinity, -Infinity];
  for (const number of numbers) {
    lowest = Math.min(lowest, number);
    highest = Math.max(highest, number);
  }
  const integer = numbers.every(Number.isInteger);
  return {
    minimum: lowest < 0 ? -roundUp(-lowest * 2) : 0,
    maximum: highest > 0 ? roundUp(highest * 2) : 0,
    ...(integer && { integer }),
  };
}

/** To one digit: 1, 2, 5 or 10 times a power of ten. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const digit = [1, 2, 5, 10].find((candidate) => candidate * power >= value) ?? 10;
  return Number((digit * power).toPrecision(3));
}

function categoriesOf(values: readonly string[]): readonly string[] | null {
  const distinct = [...new Set(values)].sort();
  return distinct.length > 0 && distinct.length <= LISTED ? distinct : null;
}
