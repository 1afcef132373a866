// Rows as CSV (RFC 4180): a header, then a record a row. Columns are found by API name or by their name in the dataset;
// others are ignored. The answer has a column for each label's probability, and one for what was wrong with the row.

import { cellValue } from '#contract/features/cell.ts';
import { shortestDecimal } from '#contract/tensors/float32.ts';
import { invalid } from '#contract/problem.ts';
import type { Signature } from '#contract/signature.ts';
import { parse } from 'csv-parse/sync';
import { likeliest } from '../../inference/likeliest.ts';
import type { ReadRecords, ReadRow, RowWriter } from './row-form.ts';

/** Throws ProblemError (invalid_request) for a header that lacks a feature. */
export function csvReader({ features }: Signature): ReadRecords {
  let header: readonly string[] | null = null;
  let places: readonly number[] = [];

  const readRow = (cells: readonly string[]): ReadRow => {
    if (cells.length !== header!.length)
      return { fault: `the record has ${cells.length} cells, the header ${header!.length}` };
    const row: Record<string, unknown> = {};
    features.forEach((feature, index) => {
      const place = places[index]!;
      row[feature.name] = place < 0 ? null : cellValue(feature, cells[place]!);
    });
    return { row };
  };

  return (text) => {
    const records = parseRecords(text);
    if (header === null && records.length > 0) {
      header = records.shift() ?? [];
      places = features.map(({ name, column, nullable }) => {
        const place = header!.findIndex((cell) => cell === name || cell === column);
        if (place < 0 && !nullable) throw invalid('', `lacks the column ${name}`);
        return place;
      });
    }
    return records.map((cells) =>
      cells === null ? { fault: 'the record is not CSV' } : readRow(cells),
    );
  };
}

/** The cells of each record, in order; null for one that is not CSV. */
function parseRecords(text: string): (readonly string[] | null)[] {
  const records: (readonly string[] | null)[] = [];
  parse(text, {
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_record: (cells: string[]) => {
      records.push(cells);
      return null;
    },
    on_skip: () => {
      records.push(null);
      return undefined;
    },
  });
  return records;
}

export function csvWriter({ target }: Signature): RowWriter {
  const columns =
    target.type === 'number'
      ? ['row', 'value', 'error']
      : ['row', 'label', 'probability', ...target.labels.map((label) => `p(${label})`), 'error'];
  const record = (cells: readonly string[]): string => `${cells.map(quote).join(',')}\r\n`;
  const blanks = columns.slice(2).map(() => '');
  return {
    head: record(columns),
    prediction(row, outputs, offset) {
      if (target.type === 'number')
        return record([String(row), shortestDecimal(outputs[offset]!), '']);
      const values = outputs.subarray(offset, offset + target.labels.length);
      const [best = 0] = likeliest(values, 1, values.length);
      const decimals = Array.from(values, shortestDecimal);
      return record([String(row), target.labels[best]!, decimals[best]!, ...decimals, '']);
    },
    error: (row, error) => record([String(row), ...blanks, error.message]),
  };
}

const quote = (cell: string): string =>
  /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
