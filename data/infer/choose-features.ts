// Which columns of a checked table are worth learning from, and why the others are not.

import type { Column, DatasetSchema } from '#contract/schema.ts';
import { DataError } from '../data-error.ts';
import type { Cell } from '../read/parse-cell.ts';
import type { Table } from '../read/parse-table.ts';
import { codesOf, leakOf } from './leaks.ts';

type Cells = readonly Cell[];

export interface ColumnVerdict {
  readonly column: Column;
  /** Null for a feature and for the target; else why it is kept out. */
  readonly keptOut: string | null;
}

export interface ChooseOptions {
  readonly schema: DatasetSchema;
  readonly target: string;
  /** Headers that a person wants in, and out. */
  readonly keep: readonly string[];
  readonly drop: readonly string[];
}

/** Why a column is kept out that only tells rows apart. */
export const IDENTIFIES = 'an identifier: another in every row';

/** Headers of columns that number rows. */
const IDENTIFIER =
  /(^|[^\p{L}])(id|ids|uuid|guid|index|idx|key|nr|no|number|row|#)$|^unnamed|[a-z]I[Dd]$/iu;

/** One verdict a column, in the schema's order. Throws DataError when a named column is not there, or nothing is left to learn from. */
export function chooseFeatures(table: Table, options: ChooseOptions): readonly ColumnVerdict[] {
  const { schema, target, keep, drop } = options;
  for (const name of [...keep, ...drop])
    if (table.columns[name] === undefined) throw new DataError(`no such column: ${name}`);
  const distinctRows = withoutRepeats(table, schema);
  const targetCells = distinctRows(target);
  const seen = new Map<string, string>();
  const verdicts = schema.columns.map((column): ColumnVerdict => {
    if (column.name === target) return { column, keptOut: null };
    if (drop.includes(column.name)) return { column, keptOut: 'left out, as asked' };
    const cells = table.columns[column.name]!;
    const fault =
      reasonAgainst(column, cells, seen) ?? leakOf(distinctRows(column.name), targetCells);
    const wanted = keep.includes(column.name) && column.type !== 'text';
    return { column, keptOut: wanted ? null : fault };
  });
  if (verdicts.every(({ column, keptOut }) => keptOut !== null || column.name === target))
    throw new DataError(
      `nothing is left to learn ${target} from:\n${verdicts
        .filter(({ keptOut }) => keptOut !== null)
        .map(({ column, keptOut }) => `  ${column.name}: ${keptOut}`)
        .join('\n')}`,
    );
  return verdicts;
}

/** What speaks against a column by itself; `seen` holds the columns before it, by their cells. */
function reasonAgainst(column: Column, cells: Cells, seen: Map<string, string>): string | null {
  const content = JSON.stringify(cells);
  const twin = seen.get(content);
  if (twin === undefined) seen.set(content, column.name);
  const { distinct } = codesOf(cells);
  if (cells.every((cell) => cell === null)) return 'empty';
  if (distinct === 1) return `the same in every row: ${String(cells[0])}`;
  if (twin !== undefined) return `the same as ${twin}`;
  if (isIdentifier(column, cells)) return IDENTIFIES;
  return column.type === 'text' ? 'free text' : null;
}

/** Texts of which none comes twice, and whole numbers of which none comes twice that are called so or count up by one. */
function isIdentifier(column: Column, cells: Cells): boolean {
  const known = cells.filter((cell) => cell !== null);
  if (new Set(known).size < known.length) return false;
  if (column.type === 'text' || column.type === 'category') return true;
  if (column.type !== 'number' || column.integer !== true) return false;
  const numbers = known.map(Number).sort((a, b) => a - b);
  const countsUp = numbers.every((number, place) => number === numbers[0]! + place);
  return countsUp || IDENTIFIER.test(column.name);
}

/** Cells by column of rows that differ from all before them: a row that comes twice is no second witness. */
function withoutRepeats(table: Table, { columns }: DatasetSchema): (name: string) => Cells {
  const all = columns.map(({ name }) => table.columns[name]!);
  const rows = new Set<string>();
  const kept: number[] = [];
  for (let row = 0; row < table.rows; row++) {
    const before = rows.size;
    rows.add(JSON.stringify(all.map((cells) => cells[row])));
    if (rows.size > before) kept.push(row);
  }
  return (name) => kept.map((row) => table.columns[name]![row]!);
}
