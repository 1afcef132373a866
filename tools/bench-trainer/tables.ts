// The tables of the trainer's benchmark: what ships with scikit-learn, one made by it, and the crocodiles.

import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { loadDataset, type Dataset } from '#data/versions/dataset.ts';
import type { Column } from '#contract/schema.ts';
import type { ModelSpec } from '#contract/spec.ts';
import { createSignature } from '../../trainer/table/signature.ts';
import { splitFolds, type Fold } from '../../trainer/table/split.ts';
import { createTable, type Table } from '../../trainer/table/table.ts';

export interface BenchTable {
  readonly name: string;
  readonly what: string;
  readonly table: Table;
  readonly folds: readonly Fold[];
  /** [rows][cells] as scikit-learn reads them, the target last. */
  readonly cells: readonly (readonly string[])[];
}

/** Of the folds; the same for every table. */
export const SEED = 1;
const FOLDS = 5;

export const EXPORTED: Readonly<Record<string, { what: string; isNumber?: true; isLarge?: true }>> =
  {
    breast_cancer: { what: 'two labels' },
    digits: { what: 'ten labels' },
    wine: { what: '15 % of cells emptied' },
    diabetes: { what: 'a number', isNumber: true },
    generated: { what: 'many rows; the first fold only', isLarge: true },
  };

export async function readExported(name: string, file: string): Promise<BenchTable> {
  const { what, isNumber, isLarge } = EXPORTED[name]!;
  const [header, ...rows] = parse(await readFile(file, 'utf8'));
  const columns = header!.map((column, place): Column => {
    const base = { name: column, description: column, nullable: true };
    return place === header!.length - 1 && isNumber === undefined
      ? { ...base, type: 'category', categories: null }
      : { ...base, type: 'number', unit: null, minimum: -Infinity, maximum: Infinity };
  });
  const read = (cell: string, { type }: Column): string | number | null => {
    if (cell === '') return null;
    return type === 'number' ? Number(cell) : cell;
  };
  const dataset: Dataset = {
    schema: { dataset: name, title: name, description: '', source: '', licence: '', columns },
    rows: rows.length,
    sha256: '',
    source: name,
    columns: Object.fromEntries(
      columns.map((column, place) => [column.name, rows.map((row) => read(row[place]!, column))]),
    ),
  };
  const table = tableOf(dataset, { features: header!.slice(0, -1), target: 'target' });
  const folds = splitFolds(table, FOLDS, SEED);
  return { name, what, table, folds: isLarge ? folds.slice(0, 1) : folds, cells: rows };
}

export async function readModel(spec: ModelSpec, dataRoot: string): Promise<BenchTable> {
  const dataset = await loadDataset(dataRoot, spec.dataset);
  const table = tableOf(dataset, spec);
  const names = [...spec.features, spec.target];
  return {
    name: spec.dataset,
    what: 'eighteen labels, categories',
    table,
    folds: splitFolds(table, FOLDS, SEED),
    cells: Array.from({ length: dataset.rows }, (_, row) =>
      names.map((name) => String(dataset.columns[name]![row] ?? '')),
    ),
  };
}

function tableOf(
  dataset: Dataset,
  { features, target }: Pick<ModelSpec, 'features' | 'target'>,
): Table {
  const signature = createSignature(dataset, { features, target });
  return createTable(dataset, signature);
}
