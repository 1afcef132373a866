// A raw table at the door: checked to the last cell before anything is written, then stored, then derived from.

import type { DatasetSchema } from '#contract/schema.ts';
import { derive } from './derive.ts';
import { parseTable } from '../read/parse-table.ts';
import type { RawRecord } from './raw-record.ts';
import { storeRaw, type RawTable } from './raw-store.ts';

export interface Taken {
  readonly record: RawRecord;
  /** Columns of the file that the schema does not have: kept in raw, used nowhere. */
  readonly ignored: readonly string[];
  /** Files of interim and processed that were written, relative to the root. */
  readonly derived: readonly string[];
}

/** Makes `table` the one of its dataset that counts. Throws DataError, with nothing written, when it is faulty. */
export async function takeTable(
  root: string,
  schema: DatasetSchema,
  table: RawTable,
): Promise<Taken> {
  const parsed = parseTable(table.bytes, schema, table.name);
  const record = await storeRaw(root, schema.dataset, table, parsed.rows);
  const derived = await derive(root, schema, parsed, record);
  return { record, ignored: parsed.ignored, derived };
}
