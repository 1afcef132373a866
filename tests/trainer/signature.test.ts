// Dataset + spec → signature → table: names, ranges, categories, and what is refused.

import { describe, expect, test } from 'vitest';
import type { Dataset } from '#data/versions/dataset.ts';
import type { Column } from '#contract/schema.ts';
import { parseSignature } from '#contract/signature.ts';
import type { ModelSpec } from '#contract/spec.ts';
import { encodedSignature } from '#contract/features/encoded.ts';
import { createSignature } from '../../trainer/table/signature.ts';
import { createTable, recode, rowOf, takeRows } from '../../trainer/table/table.ts';

const COLUMNS: readonly Column[] = [
  {
    name: 'Wing (mm)',
    type: 'number',
    unit: 'mm',
    minimum: 0,
    maximum: 900,
    description: 'Wing chord',
  },
  { name: 'Mass', type: 'number', unit: 'g', minimum: 0, maximum: 9e3, description: 'Mass' },
  { name: 'Site', type: 'category', categories: null, description: 'Ringing site' },
  {
    name: 'Sex',
    type: 'category',
    categories: ['F', 'M', 'U'],
    description: 'Sex',
    nullable: true,
  },
  { name: 'Kind', type: 'category', categories: null, description: 'Species' },
  { name: 'Seen', type: 'date', description: 'Day' },
];

const dataset: Dataset = {
  schema: {
    dataset: 'birds',
    title: '',
    description: '',
    source: '',
    licence: '',
    columns: COLUMNS,
  },
  rows: 4,
  sha256: 'a'.repeat(64),
  source: 'made up',
  columns: {
    'Wing (mm)': [71.5, 64, null, 80],
    Mass: [18, 9, 11, 30],
    Site: ['z', '𝒳', 'Z', 'ﬀ'],
    Sex: ['M', 'F', 'F', 'M'],
    Kind: ['tit', 'wren', 'wren', 'tit'],
    Seen: ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04'],
  },
};

const spec: ModelSpec = {
  model: 'birds',
  title: '',
  description: '',
  dataset: 'birds',
  target: 'Kind',
  features: ['Wing (mm)', 'Site', 'Sex'],
  seed: 1,
  folds: 2,
  candidates: [{ algorithm: 'tree', parameters: { max_depth: 3, min_rows: 1, smoothing: 0 } }],
  budget: { nodes: 9, bytes: 999 },
};
const signature = createSignature(dataset, spec);

describe('createSignature', () => {
  test('numbers have the range that was seen, and may be missing if one was', () => {
    expect(signature.features[0]).toEqual({
      type: 'number',
      name: 'wing_mm',
      column: 'Wing (mm)',
      description: 'Wing chord',
      nullable: true,
      unit: 'mm',
      minimum: 64,
      maximum: 80,
    });
  });

  test('categories are those that were seen, in code point order', () => {
    // UTF-16 units would put 𝒳 (U+1D4B3) before ﬀ (U+FB00).
    expect(signature.features[1]).toMatchObject({
      categories: ['Z', 'z', 'ﬀ', '𝒳'],
      nullable: false,
    });
    expect(signature.features[2]).toMatchObject({ categories: ['F', 'M'], nullable: true });
  });

  test('labels are in order; a number target keeps its unit', () => {
    expect(signature.target).toMatchObject({ type: 'category', labels: ['tit', 'wren'] });
    expect(createSignature(dataset, { ...spec, target: 'Mass' }).target).toEqual({
      type: 'number',
      name: 'mass',
      column: 'Mass',
      unit: 'g',
    });
  });

  test('a day is one feature, and three values of a row', () => {
    const asked = createSignature(dataset, { ...spec, features: ['Seen', 'Mass'] });
    expect(asked.features[0]).toEqual({
      type: 'date',
      name: 'seen',
      column: 'Seen',
      description: 'Day',
      nullable: false,
      minimum: '2026-01-01',
      maximum: '2026-01-04',
    });
    const { values, width } = createTable(dataset, asked);
    expect(width).toBe(4);
    expect([...values.subarray(0, 8)]).toEqual([2026, 1, 4, 18, 2026, 1, 5, 9]);
  });

  test('of more categories than the spec allows those of most rows stay, the others are unknown', () => {
    const Site = ['z', 'z', 'Z', 'ﬀ'];
    const many = { ...dataset, columns: { ...dataset.columns, Site } };
    const asked = createSignature(many, { ...spec, features: ['Site'], max_categories: 2 });
    expect(asked.features[0]).toMatchObject({ categories: ['Z', 'z'] });
    expect([...createTable(many, asked).values]).toEqual([1, 1, 0, -1]);
  });

  test('is what the contract reads', () => {
    expect(parseSignature(JSON.parse(JSON.stringify(signature)))).toEqual(signature);
  });

  test.each<[string, Partial<ModelSpec>, string]>([
    ['a column that is not there', { features: ['Beak'] }, 'dataset birds has no column: Beak'],
    ['a date as the target', { target: 'Seen' }, 'a date column cannot be the target: Seen'],
    ['the target as a feature', { features: ['Kind'] }, 'target is also a feature: Kind'],
    [
      'a target with gaps',
      { target: 'Wing (mm)', features: ['Mass'] },
      'target is missing: Wing (mm), row 3',
    ],
    ['a feature twice', { features: ['Sex', 'Sex'] }, 'two columns are named sex: Sex, Sex'],
  ])('refuses %s', (_, change, message) => {
    expect(() => createSignature(dataset, { ...spec, ...change })).toThrow(message);
  });

  test('refuses a target with one label', () => {
    const columns = { ...dataset.columns, Kind: ['tit', 'tit', 'tit', 'tit'] };
    expect(() => createSignature({ ...dataset, columns }, spec)).toThrow(
      'fewer than two labels: Kind',
    );
  });
});

describe('createTable', () => {
  const table = createTable(dataset, signature);

  test('rows are encoded by the contract’s rule', () => {
    expect([...table.values]).toEqual([71.5, 1, 1, 64, 3, 0, NaN, 0, 0, 80, 2, 1]);
    expect(table.target).toEqual({ type: 'category', labels: 2, codes: Int32Array.of(0, 1, 1, 0) });
    expect(rowOf(dataset, signature, 2)).toEqual({ wing_mm: null, site: 'Z', sex: 'F' });
  });

  test('a value without a float32 is refused with its row', () => {
    const columns = { ...dataset.columns, 'Wing (mm)': [1, 1e39, 1, 1] };
    const wide = { ...dataset, columns };
    expect(() => createTable(wide, createSignature(wide, spec))).toThrow(
      'row 2 of made up: /wing_mm must be a finite float32 number',
    );
  });

  test('recoding moves codes to where their category went, and leaves the missing and the unknown', () => {
    const [wing, site, sex] = signature.features;
    if (site?.type !== 'category') throw new Error('not a category');
    const moved = { ...site, categories: ['ﬀ', 'Z', '𝒳', 'z'] };
    const encoded = encodedSignature(signature);
    const target = encodedSignature({ ...signature, features: [wing!, moved, sex!] });
    const odd = { ...table, values: Float32Array.of(71.5, -1, NaN, 64, NaN, 0, 1, 0, 1, 2, 3, 0) };
    expect([...recode(odd, target).values]).toEqual([71.5, -1, NaN, 64, NaN, 0, 1, 1, 1, 2, 2, 0]);
    expect(recode(recode(table, target), encoded)).toEqual(table);
  });

  test('taken rows are those asked for, in that order', () => {
    const taken = takeRows(table, [3, 1]);
    expect([...taken.values]).toEqual([80, 2, 1, 64, 3, 0]);
    expect(taken).toMatchObject({ count: 2, target: { codes: Int32Array.of(0, 1) } });
  });
});
