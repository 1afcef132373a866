// Rows of a CSV → the same rows with what the model says of each, by the encoder that the API uses.

import type { RowValue } from '#contract/features/cell.ts';
import { createEncoder, type Findings } from '#contract/features/encode-row.ts';
import { shortestDecimal } from '#contract/tensors/float32.ts';
import type { Signature } from '#contract/signature.ts';
import { DataError } from '#data/data-error.ts';
import { createCellReader } from '#data/read/read-cell.ts';
import { tidy, type StreamedTable } from '#data/read/stream-rows.ts';
import { likeliest } from '#contract/model/likeliest.ts';
import type { OpenVersion } from './open-version.ts';

/** Rows that go through the model at once. */
const BATCH = 1024;

export interface Counts {
  rows: number;
  /** Rows that have an error in place of an answer. */
  errors: number;
  /** Rows that are unlike any the model was trained on. */
  warnings: number;
}

/** The cells of each line of the answer, the header first: the row's own cells, the answer, an error or nothing. */
export async function* score(
  table: StreamedTable,
  { manifest, session }: OpenVersion,
  counts: Counts,
): AsyncGenerator<readonly (readonly string[])[]> {
  const { signature } = manifest;
  const readRow = rowReader(table, signature);
  const encoder = createEncoder(signature);
  const values = new Float32Array(BATCH * encoder.width);
  const answer = answerCells(signature);
  const blank = answer.columns.map(() => '');
  yield [[...table.header, ...freeNames([...answer.columns, 'error'], table.header)]];

  const answerBatch = async (rows: readonly (readonly string[])[]): Promise<string[][]> => {
    values.fill(NaN);
    const errors = rows.map((cells, index) => {
      if (cells.length !== table.header.length)
        return `${cells.length} cells in place of ${table.header.length}`;
      const findings: Findings = { faults: [], warnings: [] };
      encoder.encodeRow(readRow(cells), values, index * encoder.width, '', findings);
      if (findings.warnings.length > 0) counts.warnings++;
      return findings.faults
        .map(({ pointer, detail }) => `${pointer.slice(1)} ${detail}`)
        .join('; ');
    });
    const answers = await session.run(values.slice(0, rows.length * encoder.width), rows.length);
    const depth = answers.length / rows.length;
    counts.rows += rows.length;
    return rows.map((cells, index) => {
      const own = table.header.map((_, place) => cells[place] ?? '');
      if (errors[index] === '')
        return [...own, ...answer.cells(answers.subarray(index * depth, (index + 1) * depth)), ''];
      counts.errors++;
      return [...own, ...blank, errors[index]!];
    });
  };

  let batch: (readonly string[])[] = [];
  for await (const cells of table.rows) {
    batch.push(cells);
    if (batch.length < BATCH) continue;
    yield await answerBatch(batch);
    batch = [];
  }
  if (batch.length > 0) yield await answerBatch(batch);
}

/** Columns are found by the API name or the dataset's; one that may be missing may be left out of the file. */
function rowReader({ header, sample, decimal }: StreamedTable, { features }: Signature) {
  const readers = features.map((feature) => {
    const place = header.findIndex((name) => name === feature.column || name === feature.name);
    const read = createCellReader(feature, { decimal, sample: sample[place] ?? [] });
    return { feature, place, read };
  });
  const lacking = readers.filter(({ place, feature }) => place === -1 && !feature.nullable);
  if (lacking.length > 0)
    throw new DataError(
      `missing columns: ${lacking.map(({ feature }) => feature.column).join(', ')}`,
    );
  return (cells: readonly string[]): Record<string, RowValue> =>
    Object.fromEntries(
      readers.map(({ feature, place, read }) => [
        feature.name,
        place === -1 ? null : read(tidy(cells[place]!)),
      ]),
    );
}

function answerCells({ target }: Signature) {
  if (target.type === 'number')
    return {
      columns: ['value'],
      cells: (answer: Float32Array): readonly string[] => [shortestDecimal(answer[0]!)],
    };
  return {
    columns: ['label', 'probability'],
    cells: (answer: Float32Array): readonly string[] => {
      const best = likeliest(answer);
      return [target.labels[best]!, shortestDecimal(answer[best]!)];
    },
  };
}

/** Names for new columns that the table does not have. */
function freeNames(names: readonly string[], taken: readonly string[]): readonly string[] {
  return names.map((name) => {
    let free = name;
    for (let suffix = 2; taken.includes(free); suffix++) free = `${name}_${suffix}`;
    return free;
  });
}
