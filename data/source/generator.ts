// A dataset may ship a generator (data/<name>/generate.ts) for who does not have the real table.

import { existsSync } from 'node:fs';
import path from 'node:path';
import type { DatasetSchema } from '#contract/schema.ts';
import { DataError } from '../data-error.ts';
import { loadDefault } from '../schema/load-schema.ts';
import type { Cell } from '../read/parse-cell.ts';
import { createRandom, type Random } from '../random.ts';
import type { RawTable } from '../versions/raw-store.ts';
import { csvText } from '../write-csv.ts';

/** Makes up `rows` rows as the raw file writes them, by column name. Takes all its chance from `random`. */
export type Generate = (random: Random, rows: number) => readonly Readonly<Record<string, Cell>>[];

/** The synthetic table of a dataset: same seed and rows, same bytes. Throws DataError when it has no generator. */
export async function generateTable(
  root: string,
  schema: DatasetSchema,
  { seed, rows }: { readonly seed: number; readonly rows: number },
): Promise<RawTable> {
  const name = schema.dataset;
  if (!existsSync(path.join(root, name, 'generate.ts')))
    throw new DataError(
      `no generator: ${name} (take a table with: npm run data -- --dataset ${name} --from FILE)`,
    );
  const generate = parseGenerate(await loadDefault(root, name, 'generate.ts'), name);
  const records = generate(createRandom(seed), rows);
  const header = schema.columns.map((column) => column.name);
  const columns = header.map((column) => records.map((record) => record[column] ?? null));
  return {
    bytes: new TextEncoder().encode(csvText(header, columns)),
    name: `${name}-synthetic.csv`,
    source: `synthetic: made up by data/${name}/generate.ts, seed ${seed}, ${rows} rows`,
    synthetic: true,
  };
}

function parseGenerate(value: unknown, name: string): Generate {
  if (typeof value !== 'function')
    throw new DataError(`${name}/generate.ts: its default export must be a function`);
  return value as Generate;
}
