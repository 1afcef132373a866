// Rows as the tensors of a model that takes columns: the value itself, judged by the one rule for values.

import { describe, expect, test } from 'vitest';
import { bindFeatures, bindingFault, takesPackedRows } from '#contract/features/bind-features.ts';
import { createColumnEncoder } from '#contract/features/encode-columns.ts';
import { createEncoder, type Findings } from '#contract/features/encode-row.ts';
import type { Feature, Signature } from '#contract/signature.ts';
import type { Datatype, TensorMetadata } from '#contract/tensors/tensor.ts';

const base = { column: 'c', description: 'd', nullable: false };
const number = (name: string, nullable = false): Feature => ({
  ...base,
  nullable,
  name,
  type: 'number',
  unit: null,
  minimum: 0,
  maximum: 1e300,
});
const words: Feature = { ...base, name: 'words', type: 'category', categories: ['a', 'b'] };
const flag: Feature = { ...base, name: 'flag', type: 'boolean' };
const day: Feature = {
  ...base,
  name: 'day',
  type: 'date',
  minimum: '2020-01-01',
  maximum: '2030-01-01',
};
const signatureOf = (...features: Feature[]): Signature => ({
  features,
  target: { type: 'number', name: 'y', column: 'y', unit: null },
});
const input = (name: string, datatype: Datatype, ...shape: number[]): TensorMetadata => ({
  name,
  datatype,
  shape: [-1, ...shape],
});

function encode(signature: Signature, inputs: readonly TensorMetadata[], rows: readonly unknown[]) {
  const findings: Findings = { faults: [], warnings: [] };
  const batch = createColumnEncoder(signature, inputs)();
  rows.forEach((row, index) => batch.addRow(row, `/rows/${index}`, findings));
  return { ...findings, tensors: batch.tensors() };
}

test('each input gets its columns, in its own type, with the digits it can hold', () => {
  const signature = signatureOf(number('fine'), number('whole'), words, flag, day, number('last'));
  const inputs = [
    input('doubles', 'FP64', 1),
    input('longs', 'INT64'),
    input('texts', 'BYTES', 1),
    input('truths', 'BOOL', 1),
    input('rest', 'FP32', 4),
  ];
  const row = {
    fine: 0.1,
    whole: 9007199254740991,
    words: 'ç',
    flag: true,
    day: '2024-02-29',
    last: 0.1,
  };
  const { tensors, faults, warnings } = encode(signature, inputs, [row, { ...row, words: 'b' }]);
  expect(faults).toEqual([]);
  expect(warnings).toMatchObject([{ code: 'unknown_category', pointer: '/rows/0/words' }]);
  const fround = Math.fround(0.1);
  expect(tensors).toEqual([
    { datatype: 'FP64', shape: [2, 1], elements: [0.1, 0.1] },
    { datatype: 'INT64', shape: [2], elements: [9007199254740991n, 9007199254740991n] },
    { datatype: 'BYTES', shape: [2, 1], elements: ['ç', 'b'] },
    { datatype: 'BOOL', shape: [2, 1], elements: [true, true] },
    { datatype: 'FP32', shape: [2, 4], elements: [2024, 2, 4, fround, 2024, 2, 4, fround] },
  ]);
});

test('one float32 input gets what the encoder of rows makes', () => {
  const signature = signatureOf(number('n', true), words, flag, day);
  const row = { n: null, words: 'b', flag: false, day: '2024-02-29' };
  const encoder = createEncoder(signature);
  const expected = new Float32Array(encoder.width);
  encoder.encodeRow(row, expected, 0, '', { faults: [], warnings: [] });
  const { tensors } = encode(signature, [input('x', 'FP32', encoder.width)], [row]);
  expect(tensors[0]!.elements).toEqual([...expected]);
});

test('a row with a fault is left out and named, the others stay', () => {
  const signature = signatureOf(number('n'), words);
  const inputs = [input('n', 'INT8', 1), input('words', 'BYTES', 1)];
  const { tensors, faults } = encode(signature, inputs, [
    { n: 1, words: 'a' },
    { n: 1.5, words: 'a' },
    { n: 300, words: 'a' },
    { n: 2, words: 'a\0' },
    { n: 'x', words: 'a' },
    { n: 3 },
    { n: 4, words: 'b' },
  ]);
  expect(faults.map(({ pointer, detail }) => `${pointer} ${detail}`)).toEqual([
    '/rows/1/n must be a whole number that INT8 can hold',
    '/rows/2/n must be a whole number that INT8 can hold',
    '/rows/3/words must not have a zero character',
    '/rows/4/n must be a number, not a string',
    '/rows/5/words is missing',
  ]);
  expect(tensors.map(({ elements }) => elements)).toEqual([
    [1, 4],
    ['a', 'b'],
  ]);
});

describe('binding', () => {
  test.each<[Feature, Datatype, string | null]>([
    [words, 'BYTES', null],
    [words, 'INT64', null],
    [number('n'), 'BYTES', 'a number is no text'],
    [day, 'BYTES', 'a date is no text'],
    [number('n'), 'BOOL', 'a number is neither true nor false'],
    [number('n', true), 'FP64', null],
    [number('n', true), 'INT64', 'INT64 has no missing value'],
    [{ ...words, nullable: true }, 'BYTES', 'BYTES has no missing value'],
  ])('%j into %s', (feature, datatype, fault) => {
    expect(bindingFault(feature, datatype)).toBe(fault);
  });

  test('fills inputs in order, a date being three columns', () => {
    const bound = bindFeatures(signatureOf(number('n'), day, words), [
      input('a', 'FP32', 2),
      input('b', 'FP32', 2),
      input('c', 'BYTES'),
    ]);
    expect(bound.map(({ columns }) => columns.map(({ feature }) => feature))).toEqual([
      [0, 1],
      [1, 1],
      [2],
    ]);
  });

  test('is the quick way only for float32 rows in and out', () => {
    const x = input('x', 'FP32', 2);
    expect(takesPackedRows({ inputs: [x], outputs: [x] })).toBe(true);
    expect(takesPackedRows({ inputs: [x, x], outputs: [x] })).toBe(false);
    expect(takesPackedRows({ inputs: [input('x', 'FP64', 2)], outputs: [x] })).toBe(false);
    expect(takesPackedRows({ inputs: [x], outputs: [input('y', 'FP32')] })).toBe(false);
  });
});
