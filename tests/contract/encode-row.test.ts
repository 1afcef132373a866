// The one row → float32 rule, as a table.

import { describe, expect, test } from 'vitest';
import { createEncoder, type Findings } from '#contract/features/encode-row.ts';
import type { Signature } from '#contract/signature.ts';

const base = { column: 'c', description: 'd' };
const signature: Signature = {
  features: [
    { ...base, type: 'number', name: 'n', nullable: false, unit: 'm', minimum: -1, maximum: 7 },
    { ...base, type: 'number', name: 'm', nullable: true, unit: null, minimum: 0, maximum: 1e39 },
    { ...base, type: 'category', name: 'c', nullable: false, categories: ['b', '', 'ä'] },
    { ...base, type: 'category', name: 'd', nullable: true, categories: ['x'] },
  ],
  target: { type: 'category', name: 't', column: 'T', labels: ['0', '1'] },
};
const good = { n: 1, m: 1, c: 'b', d: 'x' };

function encode(row: unknown): { values: number[] } & Findings {
  const values = new Float32Array(4);
  const findings: Findings = { faults: [], warnings: [] };
  createEncoder(signature).encodeRow(row, values, 0, '/rows/3', findings);
  return { values: [...values], ...findings };
}

describe('a value becomes a float32', () => {
  test.each([
    ['n', 0.1, Math.fround(0.1)],
    ['n', 7, 7],
    ['n', -1, -1],
    ['n', -0, -0],
    ['n', 1e-46, 0],
    ['m', null, NaN],
    ['m', 3.4028234e38, Math.fround(3.4028234e38)],
    ['c', 'b', 0],
    ['c', '', 1],
    ['c', 'ä', 2],
    ['d', 'x', 0],
    ['d', null, NaN],
  ])('%s: %o → %o', (name, value, expected) => {
    const { values, faults, warnings } = encode({ ...good, [name]: value });
    expect(values['nmcd'.indexOf(name)]).toBe(expected);
    expect({ faults, warnings }).toEqual({ faults: [], warnings: [] });
  });
});

describe('a value that is none is a fault, with its place', () => {
  test.each([
    ['n', '1', 'must be a number, not a string'],
    ['n', null, 'must be a number, not null'],
    ['n', true, 'must be a number, not a boolean'],
    ['n', [1], 'must be a number, not a list'],
    ['n', NaN, 'must be a finite float32 number'],
    ['n', Infinity, 'must be a finite float32 number'],
    ['m', 1e39, 'must be a finite float32 number'],
    ['c', 1, 'must be a string, not a number'],
    ['c', null, 'must be a string, not null'],
    ['c', {}, 'must be a string, not a object'],
  ])('%s: %o', (name, value, detail) => {
    const { faults } = encode({ ...good, [name]: value });
    expect(faults).toEqual([{ pointer: `/rows/3/${name}`, detail }]);
  });

  test('every missing feature is named', () => {
    expect(encode({ n: 1, d: 'x' }).faults).toEqual([
      { pointer: '/rows/3/m', detail: 'is missing' },
      { pointer: '/rows/3/c', detail: 'is missing' },
    ]);
  });

  test('every unknown feature is named, in JSON Pointer’s spelling', () => {
    expect(encode({ ...good, 'a/b~': 1, toString: 2 }).faults).toEqual([
      { pointer: '/rows/3/a~1b~0', detail: 'is not a feature of this model' },
      { pointer: '/rows/3/toString', detail: 'is not a feature of this model' },
    ]);
  });

  test.each([null, 1, 'row', [good]])('a row that is %o is no row', (row) => {
    expect(encode(row).faults).toEqual([
      { pointer: '/rows/3', detail: 'must be an object of features' },
    ]);
  });
});

describe('a value the model never saw the like of is encoded, with a warning', () => {
  test.each([
    ['c', 'B', -1, 'unknown_category'],
    ['d', 'toString', -1, 'unknown_category'],
    ['n', 7.0000001, Math.fround(7.0000001), 'out_of_range'],
    ['n', -1e30, Math.fround(-1e30), 'out_of_range'],
  ])('%s: %o → %o', (name, value, expected, code) => {
    const { values, faults, warnings } = encode({ ...good, [name]: value });
    expect(values['nmcd'.indexOf(name)]).toBe(expected);
    expect(faults).toEqual([]);
    expect(warnings).toMatchObject([{ code, pointer: `/rows/3/${name}` }]);
  });
});

test('a row is written at its offset and nowhere else', () => {
  const values = new Float32Array(12).fill(9);
  const findings: Findings = { faults: [], warnings: [] };
  createEncoder(signature).encodeRow(good, values, 4, '', findings);
  expect([...values]).toEqual([9, 9, 9, 9, 1, 1, 0, 0, 9, 9, 9, 9]);
});
