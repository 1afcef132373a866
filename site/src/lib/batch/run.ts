// A file's rows through whoever answers them, piece by piece.

import type { Table } from '../csv.ts';
import type { RowAnswer, RowAnswerer } from './row-answers.ts';

export interface BatchOptions {
  readonly answerer: RowAnswerer;
  readonly table: Table;
  /** Rows that were answered before. */
  readonly from: number;
  readonly signal: AbortSignal;
}

/** The answers in the order of the rows. Throws what the answerer throws; what was yielded before stays good. */
export async function* runBatch(options: BatchOptions): AsyncGenerator<readonly RowAnswer[]> {
  const { answerer, table, signal } = options;
  for (let from = options.from; from < table.rows.length; from += answerer.rows) {
    const records = table.rows.slice(from, from + answerer.rows);
    const answers = await answerer.answer(records, signal);
    if (answers.length !== records.length)
      throw new Error(
        `${answers.length} answers to ${records.length} rows: rows ${from + 1} and on`,
      );
    yield answers;
  }
}
