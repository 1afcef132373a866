// A raw table's bytes → checked columns. Every fault is found before anything is said, and nothing is written here.

import { isUtf8 } from 'node:buffer';
import type { DatasetSchema } from '#contract/schema.ts';
import { checkEncoding, withoutBom } from './check-encoding.ts';
import { faultsError, quote, type Fault } from './fault.ts';
import { matchHeader } from './match-header.ts';
import { createCellParser, type Cell } from './parse-cell.ts';
import { isEmpty, lineOfCell, parseCsv, type CsvLine } from './parse-csv.ts';

export interface Table {
  readonly rows: number;
  /** By column name, in the schema's order, one entry a row. */
  readonly columns: Readonly<Record<string, readonly Cell[]>>;
  /** Columns of the file that the schema does not have. */
  readonly ignored: readonly string[];
}

/** Parses the raw bytes of a table. Throws DataError that names `file`, line and column of every fault. */
export function parseTable(raw: Uint8Array, schema: DatasetSchema, file: string): Table {
  const bytes = withoutBom(raw);
  const unreadable = checkEncoding(bytes);
  if (unreadable !== null) throw faultsError(file, [{ line: 1, column: null, detail: unreadable }]);

  const faults: Fault[] = [];
  const { delimiter } = schema.format ?? {};
  const [header, ...lines] = parseCsv(bytes, faults, delimiter);
  if (header === undefined) throw faultsError(file, faults);
  const { places, ignored } = matchHeader(header, schema, faults);
  // Of another table nothing else is worth saying.
  if (places.every((place) => place === -1)) throw faultsError(file, faults.slice(-1));
  if (lines.length === 0 && faults.length === 0)
    faults.push({ line: header.line, column: null, detail: 'a header, and no row below it' });

  const damage = isUtf8(bytes) ? 'a broken character (U+FFFD)' : 'not valid UTF-8';
  const columns = schema.columns.map((column, index) => ({
    name: column.name,
    place: places[index]!,
    parse: createCellParser(column, schema.format),
    cells: new Array<Cell>(),
  }));
  for (const line of [header, ...lines]) faults.push(...checkLine(line, header, damage));
  for (const line of lines.filter((candidate) => isWhole(candidate, header))) {
    for (const { name, place, parse, cells } of columns) {
      if (place === -1) continue;
      const report = (detail: string): void => {
        faults.push({ line: lineOfCell(line, place), column: name, detail });
      };
      cells.push(parse(line.cells[place]!, report));
    }
  }
  if (faults.length > 0) throw faultsError(file, inOrder(faults));
  return {
    rows: lines.length,
    columns: Object.fromEntries(columns.map(({ name, cells }) => [name, cells])),
    ignored,
  };
}

/** Whether the line's cells can be told apart by column. */
const isWhole = (line: CsvLine, header: CsvLine): boolean =>
  line.cells.length === header.cells.length && !isEmpty(line);

function checkLine(line: CsvLine, header: CsvLine, damage: string): readonly Fault[] {
  const wrong = (detail: string): readonly Fault[] => [{ line: line.line, column: null, detail }];
  if (isEmpty(line)) return wrong('an empty line between rows');
  if (!isWhole(line, header))
    return wrong(`${line.cells.length} cells in place of ${header.cells.length}`);
  return line.cells.flatMap((cell, index) => {
    if (!cell.includes('\ufffd')) return [];
    const column = line === header ? null : header.cells[index]!.trim();
    return [{ line: lineOfCell(line, index), column, detail: `${damage}: ${quote(cell)}` }];
  });
}

const inOrder = (faults: readonly Fault[]): readonly Fault[] =>
  faults.toSorted((a, b) => a.line - b.line);
