// A dataset as the trainer gets it: the schema, the checked cells, and where they came from.

import type { DatasetSchema } from '#contract/schema.ts';
import { DataError } from './data-error.ts';

export { DataError };

export interface Dataset {
  readonly schema: DatasetSchema;
  readonly rows: number;
  /** SHA-256 of the raw file, lower-case hex. */
  readonly sha256: string;
  /** Where the table came from, in one line; says "synthetic" when it is. */
  readonly source: string;
  /** Cells by column name (the header in the file), one entry a row: numbers, texts, ISO dates, null for an empty cell. */
  readonly columns: Readonly<Record<string, readonly (string | number | null)[]>>;
}

/**
 * Loads `<root>/<name>/`: checks the raw table's hash, rebuilds interim and processed when stale.
 * Throws DataError (message is one or more clear lines) when there is none or it is faulty.
 */
export async function loadDataset(root: string, name: string): Promise<Dataset> {
  throw new DataError(`no raw table: ${root}/${name}`);
}
