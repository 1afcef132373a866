// A CSV of any size, row after row, for what only looks at one at a time. The beginning says how the rest is written.

import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { checkEncoding, withoutBom } from './check-encoding.ts';
import { DataError } from '../data-error.ts';
import { decimalOf } from '../infer/decimal.ts';
import { delimiterOf, type Delimiter } from '../infer/delimiter.ts';
import { parseCsv } from './parse-csv.ts';

export interface StreamedTable {
  /** Trimmed, in Unicode NFC. */
  readonly header: readonly string[];
  readonly decimal: '.' | ',';
  /** Texts of the first rows by column, to tell how a column writes its days. */
  readonly sample: readonly (readonly string[])[];
  /** The cells of each row after the header, as they are. Throws DataError at a misplaced quote. */
  readonly rows: AsyncIterable<readonly string[]>;
}

/** Bytes that are looked at before the first row is given. */
const HEAD = 65_536;

/** Throws DataError when the bytes are no CSV of UTF-8. `onBytes` is told how many bytes were read so far. */
export async function streamTable(
  chunks: AsyncIterable<Uint8Array>,
  { name, onBytes }: { readonly name: string; readonly onBytes: (bytes: number) => void },
): Promise<StreamedTable> {
  const source = chunks[Symbol.asyncIterator]();
  const head = withoutBom(await readHead(source));
  const unreadable = checkEncoding(head);
  if (unreadable !== null) throw new DataError(`${name}: ${unreadable}`);
  const delimiter = delimiterOf(new TextDecoder().decode(head));
  const [first, ...lines] = parseCsv(head, [], delimiter);
  if (first === undefined) throw new DataError(`${name}: no header`);
  // The last line of the beginning may be cut off.
  const whole = lines.slice(0, -1).filter(({ cells }) => cells.length === first.cells.length);
  const sample = first.cells.map((_, place) => whole.map(({ cells }) => tidy(cells[place]!)));
  return {
    header: first.cells.map(tidy),
    decimal: decimalOf(sample),
    sample,
    rows: readRows(joined(head, source, onBytes), { name, delimiter }),
  };
}

/** A cell as tables are checked: no space around it, one spelling of each character. */
export const tidy = (cell: string): string => cell.trim().normalize('NFC');

async function readHead(source: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  while (size < HEAD) {
    const next = await source.next();
    if (next.done === true) break;
    parts.push(next.value);
    size += next.value.length;
  }
  return Buffer.concat(parts);
}

async function* joined(
  head: Uint8Array,
  source: AsyncIterator<Uint8Array>,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let bytes = head.length;
  yield head;
  onBytes(bytes);
  for (let next = await source.next(); next.done !== true; next = await source.next()) {
    bytes += next.value.length;
    yield next.value;
    onBytes(bytes);
  }
}

async function* readRows(
  bytes: AsyncGenerator<Uint8Array>,
  { name, delimiter }: { readonly name: string; readonly delimiter: Delimiter },
): AsyncGenerator<readonly string[]> {
  const parser = parse({
    delimiter,
    from: 2,
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: ['\r\n', '\n', '\r'],
  });
  const reading = Readable.from(bytes).on('error', (error) => parser.destroy(error));
  try {
    for await (const cells of reading.pipe(parser)) yield cells as readonly string[];
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw new DataError(`${name}: ${cause.message}`, { cause });
  }
}
