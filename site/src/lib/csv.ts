// CSV in the browser, by papaparse: a file of any size into rows, and rows into text.

import Papa from 'papaparse';

export interface Table {
  readonly name: string;
  readonly header: readonly string[];
  /** Cells as they stand, header excluded; empty lines are no rows. */
  readonly rows: readonly (readonly string[])[];
}

/** A file that has not both: a line of column names, and a row. */
export class NoRowsError extends Error {
  readonly file: string;

  constructor(file: string) {
    super(`no rows: ${file}`);
    this.name = 'NoRowsError';
    this.file = file;
  }
}

/**
 * Reads a file piece by piece; delimiter and line ends are found by themselves. `progress` is given shares of 1.
 * Throws NoRowsError, and the signal's abort.
 */
export function readTable(
  file: File,
  progress: (share: number) => void,
  signal: AbortSignal,
): Promise<Table> {
  return new Promise((resolve, reject) => {
    const rows: string[][] = [];
    Papa.parse<string[]>(file, {
      skipEmptyLines: true,
      chunk: ({ data, meta }, parser) => {
        if (signal.aborted) return parser.abort();
        for (const row of data) rows.push(row);
        progress(file.size === 0 ? 1 : meta.cursor / file.size);
      },
      error: reject,
      complete: () => {
        if (signal.aborted) return reject(signal.reason as Error);
        const [header, ...rest] = rows;
        if (header === undefined || rest.length === 0) return reject(new NoRowsError(file.name));
        resolve({ name: file.name, header, rows: rest });
      },
    });
  });
}

/** Rows of cells out of text that is CSV, each as long as it is there. */
export const parseCsv = (text: string): readonly (readonly string[])[] =>
  Papa.parse<string[]>(text, { skipEmptyLines: true, delimiter: ',' }).data;

/** Text with CRLF after each row (RFC 4180). A spreadsheet reads no cell of it as a formula. */
export function csvOf(
  rows: readonly (readonly string[])[],
  options: { readonly forSpreadsheets: boolean },
): string {
  return rows.length === 0
    ? ''
    : `${Papa.unparse(rows as string[][], { newline: '\r\n', escapeFormulae: options.forSpreadsheets })}\r\n`;
}
