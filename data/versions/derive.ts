// The checked raw table → interim and processed: two folders that can be deleted at any time.
//
//   interim/<name>.csv     the same cells: UTF-8, LF, ISO days, the schema's columns in its order
//   processed/<name>.csv   the same values under their API names
//   <name>.json            beside each: the raw table it was made from

import path from 'node:path';
import { stableJson } from '#contract/shapes/json.ts';
import type { DatasetSchema } from '#contract/schema.ts';
import { apiNameOf } from '#contract/signature.ts';
import type { Table } from '../read/parse-table.ts';
import type { RawRecord } from './raw-record.ts';
import { csvText } from '../write-csv.ts';
import { writeIfStale } from '../write-file.ts';

/** Writes what is not there or not what this raw table gives. Answers the files it wrote, relative to `root`. */
export async function derive(
  root: string,
  schema: DatasetSchema,
  table: Table,
  { sha256, source }: RawRecord,
): Promise<readonly string[]> {
  const name = schema.dataset;
  const names = schema.columns.map((column) => column.name);
  const columns = names.map((column) => table.columns[column]!);
  const record = stableJson({ raw_sha256: sha256, rows: table.rows, source });
  const files: readonly (readonly [file: string, text: string])[] = [
    [`interim/${name}.csv`, csvText(names, columns)],
    [`interim/${name}.json`, record],
    [`processed/${name}.csv`, csvText(schema.columns.map(apiNameOf), columns)],
    [`processed/${name}.json`, record],
  ];
  const written: string[] = [];
  for (const [file, text] of files)
    if (await writeIfStale(path.join(root, name, file), new TextEncoder().encode(text)))
      written.push(`${name}/${file}`);
  return written;
}
