// A file's rows to the API and its answers back, some thousand rows at a time: browsers cannot stream a request's body
// over HTTP/1.1. One version answers them all, whatever is promoted meanwhile.

import type { TabularManifest } from '#contract/manifest.ts';
import type { Api } from '../api.ts';
import { csvOf, parseCsv, type Table } from '../csv.ts';
import { sentCells, type Columns } from './columns.ts';

/** What came back for a row: a label with its probability, a number, or why not. */
export interface RowAnswer {
  readonly answer: string;
  /** Null for a number, and for a row that was refused. */
  readonly probability: number | null;
  readonly error: string;
}

export interface BatchOptions {
  readonly api: Api;
  readonly manifest: TabularManifest;
  readonly table: Table;
  readonly columns: Columns;
  /** Rows that were answered before. */
  readonly from: number;
  readonly signal: AbortSignal;
}

/** Rows of one request: enough that the way there and back costs little, few enough that progress is seen. */
const ROWS = 2_000;

/** The answers in the order of the rows. Throws what the API throws; what was yielded before stays good. */
export async function* runBatch(options: BatchOptions): AsyncGenerator<readonly RowAnswer[]> {
  const { api, manifest, table, columns, signal } = options;
  const sent = sentCells(manifest.signature, columns);
  for (let from = options.from; from < table.rows.length; from += ROWS) {
    const rows = table.rows.slice(from, from + ROWS);
    const body = csvOf([sent.header, ...rows.map(sent.of)], { forSpreadsheets: false });
    const text = await api.predictCsv(manifest.model, manifest.version, body, signal);
    const answers = parseAnswers(text);
    if (answers.length !== rows.length)
      throw new Error(`${answers.length} answers to ${rows.length} rows: rows ${from + 1} and on`);
    yield answers;
  }
}

/** Parses the API's CSV: row, label, probability, …, error; or row, value, error. */
export function parseAnswers(text: string): readonly RowAnswer[] {
  const [header = [], ...records] = parseCsv(text);
  const place = (name: string): number => header.indexOf(name);
  const [label, value, probability, error] = ['label', 'value', 'probability', 'error'].map(place);
  return records.map((cells) => {
    const share = cells[probability!];
    return {
      answer: cells[label! >= 0 ? label! : value!] ?? '',
      probability: share === undefined || share === '' ? null : Number(share),
      error: cells[error!] ?? '',
    };
  });
}
