// CSV bytes → cells with the line of the file each of them starts on (RFC 4180; any line ending).

import { CsvError, parse } from 'csv-parse/sync';
import type { Fault } from './fault.ts';

export interface CsvLine {
  /** Line of the file, from 1, that the first cell starts on. */
  readonly line: number;
  readonly cells: readonly string[];
}

const LINE_BREAK = /\r\n|\n|\r/g;

/** csv-parse's ways to say that a quote is where none may be. */
const QUOTE_FAULTS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote that opens in this row is never closed',
  INVALID_OPENING_QUOTE: 'a quote inside of a cell that is not quoted',
  CSV_INVALID_CLOSING_QUOTE: 'text after the closing quote of a cell',
};

/**
 * Splits `bytes` (UTF-8, no byte order mark) into lines of cells. Empty lines at the end are left out.
 * A misplaced quote ends the reading: what comes after it is in no line, and it is added to `faults`.
 */
export function parseCsv(bytes: Uint8Array, faults: Fault[], delimiter = ','): readonly CsvLine[] {
  const lines: CsvLine[] = [];
  const text = new TextDecoder();
  let line = 1;
  let end = 0;
  // csv-parse counts a quoted CRLF as two lines, so lines are counted here, between the ends of rows.
  const add = (cells: readonly string[], bytesRead: number): null => {
    lines.push({ line, cells });
    line += countLineBreaks(text.decode(bytes.subarray(end, bytesRead)));
    end = bytesRead;
    return null;
  };
  try {
    parse(bytes, {
      delimiter,
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      on_record: (cells, { bytes: bytesRead }) => add(cells, bytesRead),
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const detail = QUOTE_FAULTS[error.code] ?? error.message;
    faults.push({ line, column: null, detail: `${detail}; nothing after it was read` });
  }
  while (lines.length > 0 && isEmpty(lines.at(-1)!)) lines.pop();
  return lines;
}

/** Whether no cell of the line has anything in it. */
export const isEmpty = (line: CsvLine): boolean => line.cells.every((cell) => cell.trim() === '');

/** Line of the file, from 1, that the cell at `index` starts on. */
export function lineOfCell({ line, cells }: CsvLine, index: number): number {
  return cells.slice(0, index).reduce((sum, cell) => sum + countLineBreaks(cell), line);
}

const countLineBreaks = (text: string): number => text.match(LINE_BREAK)?.length ?? 0;
