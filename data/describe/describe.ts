// A look at a table: what each column holds, in 80 columns of a terminal.

import Table from 'cli-table3';
import color from 'picocolors';
import type { Column } from '#contract/schema.ts';
import type { Dataset } from '../versions/dataset.ts';
import type { Cell } from '../read/parse-cell.ts';
import { histogram, sparkline } from './sparkline.ts';

const BINS = 10;
const DAY_MS = 86_400_000;

/** Widths of the columns, their padding of two included: 80 in all with the gaps. */
const WIDTHS = [22, 9, 10, 26, 12];
const HEADER = ['column', 'missing', 'distinct', 'values', ''];

/** A table with one line a column of the dataset. */
export function describeDataset({ schema, columns }: Dataset): string {
  const table = new Table({
    head: HEADER.map((name) => color.cyan(name)),
    colWidths: WIDTHS,
    colAligns: ['left', 'right', 'right', 'left', 'left'],
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
  });
  for (const column of schema.columns) table.push(lineOf(column, columns[column.name]!));
  return table.toString();
}

/** The lines that cli-table3 draws when nobody says otherwise. */
const LINES = [
  ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left'],
  ...['bottom-right', 'left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'],
];
const NO_LINES = Object.fromEntries(LINES.map((line) => [line, '']));

function lineOf(column: Column, cells: readonly Cell[]): string[] {
  const known = cells.filter((cell) => cell !== null);
  const missing = cells.length - known.length;
  return [
    short(column.name, WIDTHS[0]! - 2),
    missing === 0 ? color.dim('0') : color.yellow(share(missing, cells.length)),
    count(new Set(known).size),
    short(rangeOf(column, known), WIDTHS[3]! - 2),
    color.green(sparkline(binsOf(column, known))),
  ];
}

/** The ends of what can be ordered, the commonest of what cannot. */
function rangeOf(column: Column, known: readonly NonNullable<Cell>[]): string {
  if (known.length === 0) return 'empty';
  switch (column.type) {
    case 'number': {
      const [lowest, highest] = endsOf(known.map(Number));
      const unit = column.unit === null ? '' : ` ${column.unit}`;
      return `${number(lowest)} to ${number(highest)}${unit}`;
    }
    case 'date': {
      const days = known.map(String).sort();
      return `${days[0]!} to ${days.at(-1)!}`;
    }
    case 'boolean':
      return `${share(known.filter((cell) => cell === true).length, known.length)} true`;
    case 'category': {
      const [commonest, rows] = commonestOf(known)[0] ?? ['', 0];
      const part = share(rows, known.length);
      return `${short(commonest, WIDTHS[3]! - 3 - part.length)} ${part}`;
    }
    case 'text':
      return 'text';
  }
}

/** Counts to draw: by equal parts of a range, or by value, the commonest first. */
function binsOf(column: Column, known: readonly NonNullable<Cell>[]): readonly number[] {
  if (column.type === 'number') return histogram(known.map(Number), BINS);
  if (column.type === 'date')
    return histogram(
      known.map((day) => Date.parse(String(day)) / DAY_MS),
      BINS,
    );
  if (column.type === 'text') return [];
  return commonestOf(known)
    .slice(0, BINS)
    .map(([, rows]) => rows);
}

function commonestOf(known: readonly NonNullable<Cell>[]): readonly (readonly [string, number])[] {
  const rows = new Map<string, number>();
  for (const cell of known) rows.set(String(cell), (rows.get(String(cell)) ?? 0) + 1);
  return [...rows].sort(([, a], [, b]) => b - a);
}

function endsOf(numbers: readonly number[]): readonly [number, number] {
  let [lowest, highest] = [Infinity, -Infinity];
  for (const value of numbers) {
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  return [lowest, highest];
}

function share(part: number, whole: number): string {
  const percent = (part / whole) * 100;
  if (percent > 0 && percent < 1) return '<1%';
  return percent > 99 && part < whole ? '>99%' : `${Math.round(percent)}%`;
}

const number = (value: number): string =>
  value.toLocaleString('en-US', {
    maximumSignificantDigits: 5,
    useGrouping: Math.abs(value) >= 1e4,
  });
const count = (value: number): string => value.toLocaleString('en-US');

function short(text: string, width: number): string {
  const characters = Array.from(text.replace(/\p{C}/gu, ' '));
  return characters.length > width ? `${characters.slice(0, width - 1).join('')}…` : text;
}
