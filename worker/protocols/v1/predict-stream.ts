// Batches of any length: rows come in as NDJSON or CSV, predictions go out in the same form, in order, while the rest is
// still being sent. A bad row becomes a line that says what is wrong with it, under its number, and ends nothing.

import { invalidRequest, ProblemError } from '#contract/problem.ts';
import type { Signature } from '#contract/signature.ts';
import {
  infer,
  noFindings,
  requireTabular,
  type PackedPredictor,
  type Predictor,
  type TabularPredictor,
} from '../../inference/predictor.ts';
import { inferRecords } from './infer-records.ts';
import { log } from '../../log.ts';
import { csvReader, csvWriter } from './csv-rows.ts';
import { ndjsonReader, ndjsonWriter } from './ndjson-rows.ts';
import type { ReadRecords, ReadRow, RowWriter } from './row-form.ts';
import { endOfCsvRecords, endOfLines, splitRecords } from './split-records.ts';

export interface StreamForm {
  readonly contentType: string;
  readonly findEnd: (text: string) => number;
  reader(signature: Signature): ReadRecords;
  writer(signature: Signature): RowWriter;
}

/** By the media type of the body. */
export const STREAM_FORMS: ReadonlyMap<string, StreamForm> = new Map([
  [
    'application/x-ndjson',
    {
      contentType: 'application/x-ndjson',
      findEnd: endOfLines,
      reader: () => ndjsonReader,
      writer: ndjsonWriter,
    },
  ],
  [
    'text/csv',
    {
      contentType: 'text/csv; charset=utf-8',
      findEnd: endOfCsvRecords,
      reader: csvReader,
      writer: csvWriter,
    },
  ],
]);

/** Rows run together; the more, the less each costs, and the more memory they take. */
const BATCH_ROWS = 512;

/**
 * The lines of the answer. `resolve` is asked again for every batch: it answers at once while the session is held, and
 * loads it anew when it was released in between. Ends with an error line when the body itself breaks off or is no text.
 */
export async function* predictStream(
  body: AsyncIterable<Uint8Array>,
  form: StreamForm,
  signature: Signature,
  resolve: () => Promise<Predictor>,
): AsyncGenerator<string> {
  const write = form.writer(signature);
  const read = form.reader(signature);
  let row = 0;
  // Goes out with the first rows: whoever stands before the Worker may drain a body that nobody reads when the answer begins.
  let head = write.head;
  try {
    for await (const text of splitRecords(body, form.findEnd)) {
      const records = read(text);
      for (let from = 0; from < records.length; from += BATCH_ROWS) {
        const batch = records.slice(from, from + BATCH_ROWS);
        yield head + predictBatch(requireTabular(await resolve()), batch, row, write);
        head = '';
        row += batch.length;
      }
    }
    if (head !== '') yield head;
  } catch (error) {
    if (!(error instanceof ProblemError)) {
      log('stream_failed', { row, reason: (error as Error).message });
      yield head + write.error(row + 1, new ProblemError('internal', 'the stream broke off'));
      return;
    }
    yield head + write.error(row + 1, error);
  }
}

function predictBatch(
  predictor: TabularPredictor,
  batch: readonly ReadRow[],
  rowsBefore: number,
  write: RowWriter,
): string {
  return predictor.columns === null
    ? predictPacked(predictor, batch, rowsBefore, write)
    : inferRecords(predictor, batch)
        .map((answer, index) =>
          answer instanceof ProblemError
            ? write.error(rowsBefore + index + 1, answer)
            : write.prediction(rowsBefore + index + 1, answer, 0),
        )
        .join('');
}

function predictPacked(
  predictor: PackedPredictor,
  batch: readonly ReadRow[],
  rowsBefore: number,
  write: RowWriter,
): string {
  const { encoder } = predictor;
  const features = new Float32Array(batch.length * encoder.width);
  const errors = batch.map((record, index) => {
    if ('fault' in record) return new ProblemError('invalid_request', record.fault);
    const findings = noFindings();
    encoder.encodeRow(record.row, features, index * encoder.width, '', findings);
    return findings.faults.length === 0 ? null : invalidRequest(findings.faults);
  });
  // Rows that could not be read run along as whatever they are: only their place matters.
  const { outputs } = infer(predictor, features, batch.length, noFindings());
  const width = outputs.length / batch.length;
  return errors
    .map((error, index) =>
      error === null
        ? write.prediction(rowsBefore + index + 1, outputs, index * width)
        : write.error(rowsBefore + index + 1, error),
    )
    .join('');
}
