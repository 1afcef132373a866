// A cell's text → its value, by the type of its column.

import { booleanOf } from '#contract/features/cell.ts';
import type {
  CategoryColumn,
  Column,
  DateColumn,
  NumberColumn,
  TableFormat,
} from '#contract/schema.ts';
import { quote } from './fault.ts';
import { parseDate } from './parse-date.ts';
import { parseNumber } from './parse-number.ts';

/** A number, a text, true or false, an ISO day; null for an empty cell. */
export type Cell = string | number | boolean | null;

/** Answers the value of a text; says what is wrong with it by `report`, and answers null then. */
export type CellParser = (text: string, report: (detail: string) => void) => Cell;

const DECIMAL_COMMA = /^[+-]?\d+,\d+$/;

/** Prepares the parser of a column; call it once per table, not per cell. */
export function createCellParser(column: Column, format: TableFormat = {}): CellParser {
  const parse = parserOf(column, format);
  const missing = new Set(['', ...(format.missing ?? [])]);
  return (raw, report) => {
    const text = raw.trim().normalize('NFC');
    if (!missing.has(text)) return parse(text, report);
    if (column.nullable !== true) report('empty, and it must not be');
    return null;
  };
}

function parserOf(column: Column, { decimal = '.' }: TableFormat): CellParser {
  switch (column.type) {
    case 'number':
      return numberParser(column, decimal);
    case 'category':
      return categoryParser(column);
    case 'date':
      return dateParser(column);
    case 'boolean':
      return booleanParser;
    case 'text':
      return (text) => text;
  }
}

function numberParser(
  { minimum, maximum, integer, unit }: NumberColumn,
  decimal: '.' | ',',
): CellParser {
  const range = `${minimum} to ${maximum}${unit === null ? '' : ` ${unit}`}`;
  return (text, report) => {
    const value = parseNumber(text, decimal);
    if (value === null) {
      const hint =
        decimal === '.' && DECIMAL_COMMA.test(text) ? ' (a decimal comma: a point is needed)' : '';
      report(`not a number: ${quote(text)}${hint}`);
      return null;
    }
    if (value < minimum || value > maximum) report(`outside of ${range}: ${text}`);
    else if (integer === true && !Number.isSafeInteger(value))
      report(`not a whole number: ${text}`);
    return value;
  };
}

function categoryParser({ categories }: CategoryColumn): CellParser {
  if (categories === null) return (text) => text;
  const known = new Set(categories);
  const byLoose = new Map(categories.map((category) => [loose(category), category]));
  return (text, report) => {
    if (known.has(text)) return text;
    const near = byLoose.get(loose(text));
    const hint = near === undefined ? `one of ${listed(categories)}` : `${quote(near)} is`;
    report(`not a category of this column: ${quote(text)} (${hint})`);
    return null;
  };
}

function dateParser({ order = 'day-first' }: DateColumn): CellParser {
  const known = order === 'day-first' ? 'DD-MM-YYYY, DD/MM/YYYY' : 'MM-DD-YYYY, MM/DD/YYYY';
  return (text, report) => {
    const day = parseDate(text, order);
    if (day === null) report(`not a day: ${quote(text)} (${known} or YYYY-MM-DD)`);
    return day;
  };
}

const booleanParser: CellParser = (text, report) => {
  const value = booleanOf(text);
  if (value === null) report(`not true or false: ${quote(text)} (true, yes, 1; false, no, 0)`);
  return value;
};

/** What two spellings have in common: letters and digits without case. */
const loose = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ');

function listed(categories: readonly string[]): string {
  const shown = categories.slice(0, 6).join(', ');
  return categories.length > 6 ? `${shown}, … ${categories.length} in all` : shown;
}
