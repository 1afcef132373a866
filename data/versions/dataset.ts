// A dataset as the trainer gets it: raw table → checked cells, with interim and processed kept up beside them.

import type { DatasetSchema } from '#contract/schema.ts';
import { DataError } from '../data-error.ts';
import { derive } from './derive.ts';
import { loadSchema } from '../schema/load-schema.ts';
import type { Cell } from '../read/parse-cell.ts';
import { parseTable, type Table } from '../read/parse-table.ts';
import { rawFile, type RawRecord } from './raw-record.ts';
import { loadRaw, readCurrent, readRecordOf } from './raw-store.ts';

export interface Dataset {
  readonly schema: DatasetSchema;
  readonly rows: number;
  /** SHA-256 of the raw file, lower-case hex. */
  readonly sha256: string;
  /** Where the table came from, in one line; says "synthetic" when it is. */
  readonly source: string;
  /** Cells by column name (the header in the file), one entry a row: numbers, texts, ISO dates, null for an empty cell. */
  readonly columns: Readonly<Record<string, readonly Cell[]>>;
}

/**
 * Loads `<root>/<name>/`: checks the raw table's hash, rebuilds interim and processed when stale.
 * Throws DataError (message is one or more clear lines) when there is none or it is faulty.
 */
export async function loadDataset(root: string, name: string): Promise<Dataset> {
  const schema = await loadSchema(root, name);
  const record = await readCurrent(root, name);
  if (record === null)
    throw new DataError(`no raw table: ${name} (make one with: npm run data -- --dataset ${name})`);
  const table = await parseRaw(root, schema, record);
  await derive(root, schema, table, record);
  return datasetOf(schema, table, record);
}

/** The dataset as an earlier table gives it; nothing is derived. Throws DataError when that table is not here. */
export async function loadEarlier(root: string, name: string, sha256: string): Promise<Dataset> {
  const schema = await loadSchema(root, name);
  const record = await readRecordOf(root, name, sha256);
  if (record === null) throw new DataError(`not here: ${name}/raw/${rawFile(sha256)}`);
  return datasetOf(schema, await parseRaw(root, schema, record), record);
}

async function parseRaw(root: string, schema: DatasetSchema, record: RawRecord): Promise<Table> {
  const raw = await loadRaw(root, schema.dataset, record);
  return parseTable(raw, schema, `${schema.dataset}/raw/${record.file}`);
}

function datasetOf(
  schema: DatasetSchema,
  { rows, columns }: Table,
  { sha256, source }: RawRecord,
): Dataset {
  return { schema, rows, sha256, source, columns };
}
