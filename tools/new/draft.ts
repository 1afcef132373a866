// A table nobody has described → everything the new files will say. Reads nothing, writes nothing.

import type { TabularTask } from '#contract/manifest.ts';
import type { Column } from '#contract/schema.ts';
import { chooseFeatures, IDENTIFIES, type ColumnVerdict } from '#data/infer/choose-features.ts';
import type { ColumnType } from '#data/infer/column-type.ts';
import { inferSchema, type InferredSchema } from '#data/infer/infer-schema.ts';
import { parseTable, type Table } from '#data/read/parse-table.ts';
import type { RawTable } from '#data/versions/raw-store.ts';

export interface Draft {
  readonly table: RawTable;
  readonly inferred: InferredSchema;
  readonly parsed: Table;
  readonly verdicts: readonly ColumnVerdict[];
  readonly task: TabularTask;
  /** 1 for a number. */
  readonly labels: number;
}

export interface DraftOptions {
  readonly dataset: string;
  readonly target: string;
  readonly task: TabularTask | null;
  readonly types: ReadonlyMap<string, ColumnType>;
  readonly keep: readonly string[];
  readonly drop: readonly string[];
}

/** Fewer rows teach nothing that could be held out. */
const LEAST_ROWS = 10;
const MOST_LABELS = 500;

/** Throws DataError with every fault of the table. */
export function draftOf(table: RawTable, options: DraftOptions): Draft {
  const inferred = inferSchema(table, options);
  const { schema, target } = inferred;
  const parsed = parseTable(table.bytes, schema, table.name);
  if (parsed.rows < LEAST_ROWS)
    throw new Error(`${table.name}: too few rows: ${parsed.rows} (it takes ${LEAST_ROWS})`);
  const column = schema.columns.find(({ name }) => name === target)!;
  if (column.type === 'date' || column.type === 'text')
    throw new Error(`a ${column.type} column cannot be the target: ${target}`);
  const task = column.type === 'number' ? 'regression' : 'classification';
  const distinct = new Set(parsed.columns[target]).size;
  if (distinct < 2) throw new Error(`target is the same in every row: ${target}`);
  if (task === 'classification' && distinct > MOST_LABELS)
    throw new Error(`target has too many labels: ${target} has ${distinct} (up to ${MOST_LABELS})`);
  const verdicts = chooseFeatures(parsed, { ...options, schema, target });
  const columns = verdicts.map(asKept);
  return {
    table,
    inferred: { ...inferred, schema: { ...schema, columns } },
    parsed,
    verdicts,
    task,
    labels: task === 'regression' ? 1 : distinct,
  };
}

/** An identifier is text, so that the next table's may be any. */
function asKept({ column, keptOut }: ColumnVerdict): Column {
  if (keptOut !== IDENTIFIES) return column;
  const { name, description, api_name } = column;
  return {
    name,
    description,
    nullable: true,
    type: 'text',
    ...(api_name !== undefined && { api_name }),
  };
}
