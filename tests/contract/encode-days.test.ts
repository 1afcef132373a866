// Features that are not one number each: booleans, and days that become three values.

import { describe, expect, test } from 'vitest';
import { cellValue } from '#contract/features/cell.ts';
import { parseDay } from '#contract/features/day.ts';
import { encodedSignature, withOrderOf } from '#contract/features/encoded.ts';
import { createEncoder, type Findings } from '#contract/features/encode-row.ts';
import { parseSignature, type Feature, type Signature } from '#contract/signature.ts';

const base = { column: 'C', description: 'a column' };
const days = { minimum: '2015-03-01', maximum: '2024-12-31' };
const signature: Signature = {
  features: [
    { ...base, type: 'boolean', name: 'pool', nullable: false },
    { ...base, type: 'date', name: 'sold', nullable: true, ...days },
    { ...base, type: 'category', name: 'zone', nullable: true, categories: ['a', 'b'] },
    { ...base, type: 'boolean', name: 'lift', nullable: true },
    { ...base, type: 'date', name: 'built', nullable: false, ...days },
  ],
  target: { type: 'number', name: 't', column: 'T', unit: null },
};
const good = { pool: true, sold: '2024-02-29', zone: 'b', lift: false, built: '2020-01-05' };

function encode(row: unknown): { values: number[] } & Findings {
  const encoder = createEncoder(signature);
  const values = new Float32Array(encoder.width + 2).fill(7);
  const findings: Findings = { faults: [], warnings: [] };
  encoder.encodeRow(row, values, 1, '/rows/3', findings);
  return { values: [...values], ...findings };
}

test('a row is one value a feature and three a day, written at its offset and nowhere else', () => {
  expect(encode(good)).toEqual({
    values: [7, 1, 2024, 2, 4, 1, 0, 2020, 1, 7, 7],
    faults: [],
    warnings: [],
  });
});

test('what is not known is NaN in each of its values', () => {
  const { values, faults } = encode({ ...good, sold: null, lift: null, zone: null });
  expect(values).toEqual([7, 1, NaN, NaN, NaN, NaN, NaN, 2020, 1, 7, 7]);
  expect(faults).toEqual([]);
});

describe('a value that is none is a fault, with its place', () => {
  const boolean = (found: string): string => `must be true or false, not ${found}`;
  const day = 'must be a day of the calendar as YYYY-MM-DD';
  test.each([
    ['pool', 1, boolean('a number')],
    ['pool', 'true', boolean('a string')],
    ['pool', null, boolean('null')],
    ['lift', [], boolean('a list')],
    ['sold', '2023-02-29', day],
    ['sold', '29/02/2024', day],
    ['sold', '2024-2-9', day],
    ['sold', '2024-02-29T00:00:00Z', day],
    ['sold', 20240229, day],
    ['built', null, day],
    ['built', '', day],
  ])('%s: %o', (name, value, detail) => {
    const { faults } = encode({ ...good, [name]: value });
    expect(faults).toEqual([{ pointer: `/rows/3/${name}`, detail }]);
  });
});

test.each(['2015-02-28', '2025-01-01', '0001-01-01'])(
  'a day outside of the training’s is encoded, with a warning: %s',
  (sold) => {
    const { values, faults, warnings } = encode({ ...good, sold });
    expect(values[2]).toBe(Number(sold.slice(0, 4)));
    expect(faults).toEqual([]);
    expect(warnings).toMatchObject([{ code: 'out_of_range', pointer: '/rows/3/sold' }]);
  },
);

test('columns are encoded as rows are: each feature’s rule writes from its own offset', () => {
  const { encodeValues, offsets, width } = createEncoder(signature);
  const values = new Float32Array(width);
  const findings: Findings = { faults: [], warnings: [] };
  signature.features.forEach(({ name }, index) =>
    encodeValues[index]!(Object(good)[name], values, offsets[index]!, () => '', findings),
  );
  expect([...values]).toEqual(encode(good).values.slice(1, -1));
});

test('every value of an encoded row has a name, and the order of categories finds its way back', () => {
  const encoded = encodedSignature(signature);
  expect(encoded.features.map(({ name }) => name)).toEqual([
    'pool',
    ...['sold_year', 'sold_month', 'sold_weekday'],
    'zone',
    'lift',
    ...['built_year', 'built_month', 'built_weekday'],
  ]);
  expect(encoded.features).toHaveLength(createEncoder(signature).width);
  const turned = encoded.features.map((feature) =>
    feature.type === 'category' ? { ...feature, categories: ['b', 'a'] } : feature,
  );
  const back = withOrderOf({ ...encoded, features: turned }, signature);
  expect(back.features[2]).toMatchObject({ categories: ['b', 'a'] });
  expect(back.features.filter(({ type }) => type !== 'category')).toEqual(
    signature.features.filter(({ type }) => type !== 'category'),
  );
});

test('a signature survives its manifest, and a day of no calendar does not', () => {
  const json: unknown = JSON.parse(JSON.stringify(signature));
  expect(parseSignature(json)).toEqual(signature);
  const broken = { ...signature, features: [{ ...signature.features[1], minimum: '2015-02-30' }] };
  expect(() => parseSignature(broken)).toThrow('/features/0/minimum is not a day: 2015-02-30');
});

describe('a day has its parts', () => {
  test.each([
    ['2024-02-29', [2024, 2, 4]],
    ['1900-01-01', [1900, 1, 1]],
    ['2000-12-31', [2000, 12, 7]],
    ['0099-06-15', [99, 6, 1]],
    ['1900-02-29', null],
    ['2024-13-01', null],
    ['2024-00-10', null],
    ['2024-01-00', null],
    ['24-01-01', null],
    ['', null],
  ])('%s → %o', (text, parts) => {
    const day = parseDay(text);
    expect(day === null ? null : [day.year, day.month, day.weekday]).toEqual(parts);
  });
});

describe('a cell of a CSV file becomes what JSON would hold', () => {
  const [pool, sold] = signature.features as [Feature, Feature];
  test.each([
    [pool, 'TRUE', true],
    [pool, ' yes ', true],
    [pool, '1', true],
    [pool, 'N', false],
    [pool, 'f', false],
    [pool, '0', false],
    [pool, '', null],
    [pool, 'maybe', 'maybe'],
    [sold, ' 2024-02-29 ', '2024-02-29'],
    [sold, '', null],
  ])('%#: %o → %o', (feature, text, value) => {
    expect(cellValue(feature, text)).toBe(value);
  });
});
