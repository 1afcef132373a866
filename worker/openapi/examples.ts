// Request bodies that work, made from a model's own example rows. The document shows them, a test sends every one.

import type { Example, Manifest } from '#contract/manifest.ts';
import type { Feature } from '#contract/signature.ts';

/** By the path's last word and the media type: examples by name. */
export type Examples = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export function examplesOf({
  signature,
  examples,
  tensors,
}: Manifest): Readonly<Record<string, Examples>> {
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
    datatype: feature.type === 'number' ? 'FP32' : 'BYTES',
    shape: [1],
    data: [cell(first!, feature)],
  }));
  return {
    predict: {
      'application/json': { rows: { rows: [first] }, columns: { columns } },
      'application/x-ndjson': { rows: rows.map((row) => `${JSON.stringify(row)}\n`).join('') },
      'text/csv': { rows: csv },
    },
    infer: {
      'application/json': {
        columns: { inputs },
        probabilities: {
          inputs,
          outputs: [{ name: signature.target.type === 'number' ? 'value' : 'probabilities' }],
        },
        packed: {
          inputs: [
            {
              name: tensors.inputs[0]?.name,
              datatype: 'FP32',
              shape: [1, features.length],
              data: [features.map((feature) => packedValue(feature, cell(first!, feature)))],
            },
          ],
        },
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

/** What the encoder would make of a value. */
function packedValue(feature: Feature, value: Example['row'][string]): number | null {
  if (typeof value === 'number' || value === null) return value;
  return feature.type === 'category' ? feature.categories.indexOf(value) : null;
}

function quote(cell: string | number | null): string {
  const text = cell === null ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
