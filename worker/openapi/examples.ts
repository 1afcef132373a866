// Request bodies that work, made from a model's own example rows. The document shows them, a test sends every one.

import { takesPackedRows } from '#contract/features/bind-features.ts';
import type { RowValue } from '#contract/features/cell.ts';
import { createEncoder } from '#contract/features/encode-row.ts';
import { shortestDecimal } from '#contract/tensors/float32.ts';
import type { Example, TabularManifest } from '#contract/manifest.ts';
import type { Feature, Signature } from '#contract/signature.ts';
import { datatypeOf } from '../protocols/oip/describe-model.ts';

/** By the path's last word and the media type: examples by name. */
export type Examples = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export function examplesOf({
  signature,
  examples,
  tensors,
}: TabularManifest): Readonly<Record<string, Examples>> {
  const { features } = signature;
  const rows = examples.map(({ row }) => row);
  if (rows.length === 0) return {};
  const [first] = rows;
  const cell = (row: Example['row'], { name }: Feature): Example['row'][string] =>
    row[name] ?? null;
  const values = rows.map((row) => features.map((feature) => cell(row, feature)));
  const columns = Object.fromEntries(
    features.map((feature) => [feature.name, rows.map((row) => cell(row, feature))]),
  );
  const csv = [features.map(({ name }) => name), ...values]
    .map((cells) => cells.map(quote).join(','))
    .join('\r\n');
  const inputs = features.map((feature) => ({
    name: feature.name,
    datatype: datatypeOf(feature),
    shape: [1],
    data: [cell(first!, feature)],
  }));
  const packed = packedRow(signature, first!);
  return {
    predict: {
      'application/json': { rows: { rows: [first] }, columns: { columns } },
      'application/x-ndjson': { rows: rows.map((row) => `${JSON.stringify(row)}\n`).join('') },
      'text/csv': { rows: csv },
    },
    explain: {
      'application/json': {
        row: { rows: [first] },
        ...(signature.target.type === 'category' && {
          label: { rows: [first], label: signature.target.labels[0], top: 3 },
        }),
      },
    },
    infer: {
      'application/json': {
        columns: { inputs },
        probabilities: {
          inputs,
          outputs: [{ name: signature.target.type === 'number' ? 'value' : 'probabilities' }],
        },
        ...(takesPackedRows(tensors) && {
          packed: {
            inputs: [
              {
                name: tensors.inputs[0]?.name,
                datatype: 'FP32',
                shape: [1, packed.length],
                data: [packed],
              },
            ],
          },
        }),
      },
    },
    invocations: {
      'application/json': {
        dataframe_split: {
          dataframe_split: { columns: features.map(({ name }) => name), data: values },
        },
        dataframe_records: { dataframe_records: rows },
        instances: { instances: values },
        inputs: { inputs: columns },
      },
      'text/csv': { rows: csv },
      'application/csv': { rows: csv },
    },
    index: { 'application/json': { ready: { ready: true } } },
  };
}

/** What the encoder makes of a row, with the numbers as they were given. */
function packedRow(signature: Signature, row: Example['row']): readonly (number | null)[] {
  const encoder = createEncoder(signature);
  const values = new Float32Array(encoder.width);
  encoder.encodeRow(row, values, 0, '', { faults: [], warnings: [] });
  return Array.from(values, (value) =>
    Number.isNaN(value) ? null : Number(shortestDecimal(value)),
  );
}

function quote(cell: RowValue): string {
  const text = cell === null ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
