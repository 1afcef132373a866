// The header's cells ↔ the schema's columns: in any order, each there once; others are left aside.

import type { DatasetSchema } from '#contract/schema.ts';
import { apiName } from '#contract/signature.ts';
import { quote, type Fault } from './fault.ts';
import { lineOfCell, type CsvLine } from './parse-csv.ts';

export interface HeaderMatch {
  /** Place of each column of the schema in a line's cells; -1 for one that is missing. */
  readonly places: readonly number[];
  /** Names of columns the schema does not have, in the file's order. */
  readonly ignored: readonly string[];
}

/** Matches the header with the schema; what is missing or twice is added to `faults`. */
export function matchHeader(header: CsvLine, schema: DatasetSchema, faults: Fault[]): HeaderMatch {
  const names = header.cells.map((cell) => cell.trim().normalize('NFC'));
  const known = new Set(schema.columns.map((column) => column.name));
  const ignored = names.filter((name) => !known.has(name));
  const places = schema.columns.map((column) => names.indexOf(column.name));
  if (places.every((place) => place === -1)) {
    faults.push({ line: header.line, column: null, detail: strange(header, known.size) });
    return { places, ignored };
  }
  schema.columns.forEach(({ name }, index) => {
    const place = places[index]!;
    const again = names.indexOf(name, place + 1);
    if (place === -1)
      faults.push({ line: header.line, column: name, detail: missing(name, ignored) });
    else if (again !== -1)
      faults.push({
        line: lineOfCell(header, again),
        column: name,
        detail: `there twice: cells ${place + 1} and ${again + 1}`,
      });
  });
  return { places, ignored };
}

function missing(name: string, ignored: readonly string[]): string {
  const near = ignored.find((other) => /[a-z0-9]/i.test(other) && apiName(other) === apiName(name));
  return near === undefined ? 'missing' : `missing (there is ${quote(near)})`;
}

function strange(header: CsvLine, columns: number): string {
  const [first = ''] = header.cells;
  const separator = [';', '\t', '|'].find((candidate) => first.includes(candidate));
  if (header.cells.length === 1 && separator !== undefined)
    return `cells are separated by ${quote(separator)}, not by commas`;
  return `none of the ${columns} columns is in the header, which begins with ${quote(first)}`;
}
