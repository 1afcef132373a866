// A CSV body with a header row, as MLflow and SageMaker clients send it, becomes the same table as the JSON forms.

import { invalid } from '#contract/problem.ts';
import { CsvError, parse } from 'csv-parse/sync';
import { MAX_ROWS, tooManyRows } from '../../limits.ts';
import type { Invocation } from './parse-invocation.ts';

/** Throws ProblemError: invalid_request with the line at fault, too_large. */
export function parseCsvDataframe(text: string): Invocation {
  const [header, ...rows] = parseCsv(text);
  if (header === undefined) throw invalid('', 'must have a header row');
  if (rows.length === 0) throw invalid('', 'must have at least one row under its header');
  if (rows.length > MAX_ROWS) throw tooManyRows(rows.length);
  return {
    rows: rows.length,
    width: header.length,
    names: header,
    cells: 'text',
    value: (row, column) => rows[row]![column],
    pointer: (row, column) => `/${row}/${column}`,
    method: 'predict',
  };
}

function parseCsv(text: string): string[][] {
  try {
    return parse(text, { skip_empty_lines: true, bom: true });
  } catch (cause) {
    if (cause instanceof CsvError) throw invalid('', `is not CSV: line ${cause.lines ?? '?'}`);
    throw cause;
  }
}
