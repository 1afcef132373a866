// A dataset's rows as the model sees them: encoded by the contract's one rule, with the target beside them.

import type { Dataset } from '#data/versions/dataset.ts';
import type { RowValue } from '#contract/features/cell.ts';
import { createEncoder, type Findings } from '#contract/features/encode-row.ts';
import { encodedSignature, type EncodedSignature } from '#contract/features/encoded.ts';
import type { Signature } from '#contract/signature.ts';

export interface ClassColumn {
  readonly type: 'category';
  readonly labels: number;
  /** Place of each row's label in the signature's list. */
  readonly codes: Int32Array;
}

export interface NumberColumn {
  readonly type: 'number';
  readonly values: Float64Array;
}

export interface Table {
  /** What each value of a row stands for. */
  readonly signature: EncodedSignature;
  readonly count: number;
  /** Values per row. */
  readonly width: number;
  /** [count, width], row after row. */
  readonly values: Float32Array<ArrayBuffer>;
  readonly target: ClassColumn | NumberColumn;
  /** By row: how much it counts when a model is fitted; absent when all count alike. */
  readonly weights?: Float64Array;
}

type Row = Readonly<Record<string, RowValue>>;

/** Row `index` of the dataset under the signature's API names. */
export function rowOf(dataset: Dataset, signature: Signature, index: number): Row {
  return Object.fromEntries(
    signature.features.map(({ name, column }) => [name, dataset.columns[column]![index]!]),
  );
}

/** Encodes every row. Throws with row and column of the first value that has no float32. `weights` is the column of the rows' weights. */
export function createTable(dataset: Dataset, signature: Signature, weights?: string): Table {
  const { encodeRow, width } = createEncoder(signature);
  const values = new Float32Array(dataset.rows * width);
  const findings: Findings = { faults: [], warnings: [] };
  for (let index = 0; index < dataset.rows; index++) {
    encodeRow(rowOf(dataset, signature, index), values, index * width, '', findings);
    const [fault] = findings.faults;
    if (fault !== undefined)
      throw new Error(`row ${index + 1} of ${dataset.source}: ${fault.pointer} ${fault.detail}`);
  }
  const target = targetOf(dataset, signature);
  return {
    signature: encodedSignature(signature),
    count: dataset.rows,
    width,
    values,
    target,
    ...(weights !== undefined && { weights: weightsOf(dataset, weights) }),
  };
}

function weightsOf({ columns }: Dataset, column: string): Float64Array {
  const cells = columns[column];
  if (cells === undefined) throw new Error(`table has no column of weights: ${column}`);
  return Float64Array.from(cells, (cell, row) => {
    if (typeof cell === 'number' && cell >= 0) return cell;
    throw new Error(`no weight: ${String(cell)}, column ${column}, row ${row + 1}`);
  });
}

/** The rows of `table` at `indices`, in that order. */
export function takeRows(table: Table, indices: readonly number[] | Int32Array): Table {
  const { width, target } = table;
  const values = new Float32Array(indices.length * width);
  for (let row = 0; row < indices.length; row++) {
    const start = indices[row]! * width;
    for (let place = 0; place < width; place++)
      values[row * width + place] = table.values[start + place]!;
  }
  const taken: Table['target'] =
    target.type === 'category'
      ? { ...target, codes: Int32Array.from(indices, (index) => target.codes[index]!) }
      : { ...target, values: Float64Array.from(indices, (index) => target.values[index]!) };
  const { weights } = table;
  return {
    ...table,
    count: indices.length,
    values,
    target: taken,
    ...(weights !== undefined && {
      weights: Float64Array.from(indices, (index) => weights[index]!),
    }),
  };
}

/** The same rows under a signature whose categories are in another order. */
export function recode(table: Table, signature: EncodedSignature): Table {
  const values = table.values.slice();
  table.signature.features.forEach((feature, index) => {
    const other = signature.features[index]!;
    if (feature.type === 'number' || other.type === 'number') return;
    const places = new Map(other.categories.map((category, code) => [category, code]));
    const codes = feature.categories.map((category) => places.get(category)!);
    for (let place = index; place < values.length; place += table.width)
      values[place] = codes[values[place]!] ?? values[place]!;
  });
  return { ...table, signature, values };
}

function targetOf(dataset: Dataset, { target }: Signature): Table['target'] {
  const cells = dataset.columns[target.column]!;
  if (target.type === 'number') return { type: 'number', values: Float64Array.from(cells, Number) };
  const codes = new Map(target.labels.map((label, code) => [label, code]));
  return {
    type: 'category',
    labels: target.labels.length,
    codes: Int32Array.from(cells, (cell) => codes.get(String(cell))!),
  };
}
