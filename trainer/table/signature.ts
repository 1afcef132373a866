// Dataset + spec → signature: which columns go in, under which API names, with the range and categories that were seen.

import type { Dataset } from '#data/versions/dataset.ts';
import type { RowValue } from '#contract/features/cell.ts';
import { encodedSignature } from '#contract/features/encoded.ts';
import type { Column } from '#contract/schema.ts';
import { apiNameOf, type Feature, type Signature, type Target } from '#contract/signature.ts';
import type { ModelSpec } from '#contract/spec.ts';

type Cells = readonly RowValue[];

/** Categories a feature may have when the spec does not say. */
const MAX_CATEGORIES = 100;

/** Throws when the spec names a column that the dataset lacks or that cannot be learned from. */
export function createSignature(
  dataset: Dataset,
  spec: Pick<ModelSpec, 'features' | 'target' | 'max_categories'>,
): Signature {
  const limit = spec.max_categories ?? MAX_CATEGORIES;
  const features = spec.features.map((name) => featureOf(columnOf(dataset, name), dataset, limit));
  const target = targetOf(columnOf(dataset, spec.target), dataset);
  const names = new Map<string, string>();
  for (const { name, column } of encodedSignature({ features, target }).features) {
    const other = names.get(name);
    if (other !== undefined) throw new Error(`two columns are named ${name}: ${other}, ${column}`);
    names.set(name, column);
  }
  if (spec.features.includes(spec.target))
    throw new Error(`target is also a feature: ${spec.target}`);
  return { features, target };
}

function columnOf(dataset: Dataset, name: string): Column {
  const column = dataset.schema.columns.find((known) => known.name === name);
  if (column === undefined)
    throw new Error(`dataset ${dataset.schema.dataset} has no column: ${name}`);
  return column;
}

function featureOf(column: Column, dataset: Dataset, limit: number): Feature {
  const cells = cellsOf(dataset, column);
  const base = {
    name: apiNameOf(column),
    column: column.name,
    description: column.description,
    nullable: column.nullable === true || cells.includes(null),
  };
  if (column.type === 'number')
    return { ...base, type: 'number', unit: column.unit, ...rangeOf(cells, column.name) };
  if (column.type === 'category')
    return { ...base, type: 'category', categories: commonTexts(cells, limit) };
  if (column.type === 'boolean') return { ...base, type: 'boolean' };
  if (column.type === 'date') return { ...base, type: 'date', ...daysOf(cells, column.name) };
  throw new Error(`a ${column.type} column cannot be a feature: ${column.name}`);
}

function targetOf(column: Column, dataset: Dataset): Target {
  const cells = cellsOf(dataset, column);
  const missing = cells.indexOf(null);
  if (missing !== -1) throw new Error(`target is missing: ${column.name}, row ${missing + 1}`);
  const base = { name: apiNameOf(column), column: column.name };
  if (column.type === 'number') return { ...base, type: 'number', unit: column.unit };
  if (column.type !== 'category' && column.type !== 'boolean')
    throw new Error(`a ${column.type} column cannot be the target: ${column.name}`);
  const labels = distinctTexts(cells.map(String));
  if (labels.length < 2) throw new Error(`target has fewer than two labels: ${column.name}`);
  return { ...base, type: 'category', labels };
}

function cellsOf(dataset: Dataset, column: Column): Cells {
  const cells = dataset.columns[column.name];
  if (cells === undefined) throw new Error(`table has no column: ${column.name}`);
  return cells;
}

function rangeOf(cells: Cells, column: string): { minimum: number; maximum: number } {
  const numbers = cells.filter((cell) => typeof cell === 'number');
  if (numbers.length === 0) throw new Error(`column has no numbers: ${column}`);
  let [minimum, maximum] = [Infinity, -Infinity];
  for (const number of numbers) {
    minimum = Math.min(minimum, number);
    maximum = Math.max(maximum, number);
  }
  return { minimum, maximum };
}

/** In code point order, whatever the order of the rows. */
function distinctTexts(cells: Cells): string[] {
  const texts = new Set(cells.filter((cell) => typeof cell === 'string'));
  return [...texts].sort(byCodePoint);
}

/** The `limit` texts of most rows, in code point order; of equally many the first in that order. */
function commonTexts(cells: Cells, limit: number): string[] {
  const texts = distinctTexts(cells);
  if (texts.length <= limit) return texts;
  const rows = new Map<RowValue, number>();
  for (const cell of cells) rows.set(cell, (rows.get(cell) ?? 0) + 1);
  const common = texts.toSorted((a, b) => rows.get(b)! - rows.get(a)!).slice(0, limit);
  return common.sort(byCodePoint);
}

function daysOf(cells: Cells, column: string): { minimum: string; maximum: string } {
  const days = cells.filter((cell) => typeof cell === 'string').sort();
  const [minimum, maximum] = [days[0], days.at(-1)];
  if (minimum === undefined || maximum === undefined)
    throw new Error(`column has no days: ${column}`);
  return { minimum, maximum };
}

function byCodePoint(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const difference = left[index]!.codePointAt(0)! - right[index]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
