// What a column of texts holds: numbers, true and false, days, categories or free text.

import { booleanOf } from '#contract/features/cell.ts';
import { parseDate, type DateOrder } from '../read/parse-date.ts';
import { parseNumber } from '../read/parse-number.ts';

export const TYPES = ['number', 'boolean', 'date', 'category', 'text'] as const;
export type ColumnType = (typeof TYPES)[number];

/** A column with this share of numbers (or days) is one of numbers, and what is none a fault of the table. */
const MOSTLY = 0.95;
/** Longer texts on average are prose. */
const PROSE = 60;
/** Fewer distinct texts are categories however few rows there are. */
const FEW = 30;

const PAIRS = ['true false', 't f', 'yes no', 'y n', '1 0'].map((pair) => new Set(pair.split(' ')));

/** The type of a column by its texts, empty cells and marks left out. */
export function columnType(known: readonly string[], decimal: '.' | ','): ColumnType {
  if (known.length === 0) return 'text';
  const distinct = [...new Set(known)];
  if (isBoolean(distinct)) return 'boolean';
  // 01234 is a code: as a number it would lose its zero.
  if (!distinct.some((text) => /^0\d/.test(text))) {
    if (shareOf(known, (text) => parseNumber(text, decimal) !== null) >= MOSTLY) return 'number';
  }
  const order = orderOf(known);
  if (shareOf(known, (text) => parseDate(text, order) !== null) >= MOSTLY) return 'date';
  const length = known.reduce((sum, text) => sum + text.length, 0) / known.length;
  const isProse = length > PROSE || (distinct.length > FEW && distinct.length > known.length / 2);
  return isProse ? 'text' : 'category';
}

/** Month first only where the day first is impossible for more of the texts. */
export function orderOf(texts: readonly string[]): DateOrder {
  const days = (order: DateOrder): number =>
    texts.filter((text) => parseDate(text, order) !== null).length;
  return days('month-first') > days('day-first') ? 'month-first' : 'day-first';
}

/** Whether some texts are days in both orders, and none tells which is meant. */
export function isAmbiguous(texts: readonly string[]): boolean {
  const [first, second] = ['day-first', 'month-first'] as const;
  return (
    texts.some((text) => parseDate(text, first) !== parseDate(text, second)) &&
    texts.every((text) => (parseDate(text, first) === null) === (parseDate(text, second) === null))
  );
}

function isBoolean(distinct: readonly string[]): boolean {
  const texts = new Set(distinct.map((text) => text.toLowerCase()));
  const values = new Set(distinct.map(booleanOf));
  return (
    values.has(true) &&
    values.has(false) &&
    PAIRS.some((pair) => [...texts].every((text) => pair.has(text)))
  );
}

const shareOf = (texts: readonly string[], accepts: (text: string) => boolean): number =>
  texts.filter(accepts).length / texts.length;
