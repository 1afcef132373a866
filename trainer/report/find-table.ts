// The table a version was trained on, if this machine has it: the very same bytes, or none.

import { DataError } from '#data/data-error.ts';
import { loadDataset, type Dataset } from '#data/versions/dataset.ts';
import { readCurrent } from '#data/versions/raw-store.ts';
import type { TabularManifest } from '#contract/manifest.ts';
import type { Signature } from '#contract/signature.ts';
import { createTable, type Table } from '../table/table.ts';

export interface TableAtHand {
  readonly table: Table | null;
  /** Why there is none; null when there is one. */
  readonly reason: string | null;
}

/** Looks into `<dataRoot>/<dataset>/`. A schema that no longer fits the table is a reason, not an error. */
export async function tableAtHand(
  dataRoot: string,
  { data, signature }: Pick<TabularManifest, 'data' | 'signature'>,
): Promise<TableAtHand> {
  try {
    const record = await readCurrent(dataRoot, data.dataset);
    if (record === null) return without(`there is no table of ${data.dataset} here`);
    if (record.sha256 !== data.sha256)
      return without(`the table of ${data.dataset} here is another one than it was trained on`);
    const dataset = await loadDataset(dataRoot, data.dataset);
    const columns = [...signature.features, signature.target].map(({ column }) => column);
    const gone = columns.find((column) => dataset.columns[column] === undefined);
    if (gone !== undefined) return without(`the schema here has no column ${gone}`);
    return encoded(dataset, signature);
  } catch (error) {
    if (error instanceof DataError) return without(error.message.split('\n')[0]!);
    throw error;
  }
}

/** A cell that had another type when the version was trained cannot be encoded. */
function encoded(dataset: Dataset, signature: Signature): TableAtHand {
  try {
    return { table: createTable(dataset, signature), reason: null };
  } catch (error) {
    return without(`the schema here has changed since: ${(error as Error).message}`);
  }
}

const without = (reason: string): TableAtHand => ({ table: null, reason });
