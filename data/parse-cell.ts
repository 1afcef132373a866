// A cell's text → its value, by the type of its column.

import type { CategoryColumn, Column, NumberColumn } from '#contract/schema.ts';
import { quote } from './fault.ts';
import { parseDate } from './parse-date.ts';

/** A number, a text, an ISO day; null for an empty cell. */
export type Cell = string | number | null;

/** Answers the value of a text; says what is wrong with it by `report`, and answers null then. */
export type CellParser = (text: string, report: (detail: string) => void) => Cell;

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const DECIMAL_COMMA = /^[+-]?\d+,\d+$/;

/** Prepares the parser of a column; call it once per table, not per cell. */
export function createCellParser(column: Column): CellParser {
  const parse = parserOf(column);
  return (raw, report) => {
    const text = raw.trim().normalize('NFC');
    if (text !== '') return parse(text, report);
    if (column.nullable !== true) report('empty, and it must not be');
    return null;
  };
}

function parserOf(column: Column): CellParser {
  switch (column.type) {
    case 'number':
      return numberParser(column);
    case 'category':
      return categoryParser(column);
    case 'date':
      return dateParser;
    case 'text':
      return (text) => text;
  }
}

function numberParser({ minimum, maximum, integer, unit }: NumberColumn): CellParser {
  const range = `${minimum} to ${maximum}${unit === null ? '' : ` ${unit}`}`;
  return (text, report) => {
    if (!NUMBER.test(text)) {
      const hint = DECIMAL_COMMA.test(text) ? ' (a decimal comma: a point is needed)' : '';
      report(`not a number: ${quote(text)}${hint}`);
      return null;
    }
    const value = Number(text);
    if (value < minimum || value > maximum) report(`outside of ${range}: ${text}`);
    else if (integer === true && !Number.isSafeInteger(value))
      report(`not a whole number: ${text}`);
    return value === 0 ? 0 : value; // "-0" is 0
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

const dateParser: CellParser = (text, report) => {
  const day = parseDate(text);
  if (day === null) report(`not a day: ${quote(text)} (DD-MM-YYYY, DD/MM/YYYY or YYYY-MM-DD)`);
  return day;
};

/** What two spellings have in common: letters and digits without case. */
const loose = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ');

function listed(categories: readonly string[]): string {
  const shown = categories.slice(0, 6).join(', ');
  return categories.length > 6 ? `${shown}, … ${categories.length} in all` : shown;
}
