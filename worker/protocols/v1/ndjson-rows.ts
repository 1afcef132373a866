// Rows as NDJSON: a JSON object a line, in and out. Empty lines are no rows.

import { problemOf } from '#contract/problem.ts';
import type { Signature } from '#contract/signature.ts';
import { predictionFormat } from './predict-body.ts';
import type { ReadRecords, RowWriter } from './row-form.ts';

export const ndjsonReader: ReadRecords = (text) =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      try {
        return { row: JSON.parse(line) as unknown };
      } catch {
        return { fault: 'the line is not JSON' };
      }
    });

export function ndjsonWriter({ target }: Signature): RowWriter {
  const format = predictionFormat(target);
  return {
    head: '',
    prediction: (row, outputs, offset) => `{"row":${row},${format(outputs, offset).slice(1)}\n`,
    error: (row, error) => `${JSON.stringify({ row, error: problemOf(error) })}\n`,
  };
}
