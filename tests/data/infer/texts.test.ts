// How a table that nobody has described is read: tables of texts.

import { describe, expect, test } from 'vitest';
import { renamed } from '#data/infer/api-names.ts';
import { columnType, isAmbiguous, orderOf } from '#data/infer/column-type.ts';
import { decimalOf } from '#data/infer/decimal.ts';
import { delimiterOf } from '#data/infer/delimiter.ts';
import { missingMarks } from '#data/infer/missing.ts';
import { unitOf } from '#data/infer/unit.ts';
import { parseNumber } from '#data/read/parse-number.ts';

describe('the delimiter cuts every row as it cuts the header', () => {
  test.each([
    ['a,b\n1,2\n', ','],
    ['a;b\n1,5;2,5\n3,5;4,5\n', ';'],
    ['a\tb\n1,2\t3\n', '\t'],
    ['a|b\n1;2|3;4\n', '|'],
    ['"a,x";b\n"1,y";2\n', ';'],
    ['a, then b;c\n1;2\n3;4\n', ';'],
    ['"line\nbreak",b\n"one\ntwo",2\n', ','],
    ['only\n1\n2\n', ','],
    ['', ','],
  ])('%j → %j', (text, delimiter) => {
    expect(delimiterOf(text)).toBe(delimiter);
  });
});

describe('a number is one whatever mark is decimal', () => {
  test.each([
    ['1234.5', '.', 1234.5],
    ['1,234.5', '.', 1234.5],
    ['1,234,567', '.', 1_234_567],
    ['12,34.5', '.', null],
    ['1,5', '.', null],
    ['1234,5', ',', 1234.5],
    ['1.234,5', ',', 1234.5],
    ['1.234', ',', 1234],
    ['1.5', ',', null],
    ['-0', '.', 0],
    ['1e3', '.', 1000],
    ['1,5e3', ',', 1500],
    ['.5', '.', 0.5],
    ['+2', '.', 2],
    ['0x10', '.', null],
    ['Infinity', '.', null],
    ['', '.', null],
    ['1 000', '.', null],
  ] as const)('%j with %j → %j', (text, decimal, number) => {
    expect(parseNumber(text, decimal)).toBe(number);
  });

  test.each([
    [['1.5', '2.5', '3,5'], '.'],
    [['1,5', '2,5', '3.5'], ','],
    [['1,234', '2,345'], '.'],
    [['1', '2'], '.'],
    [['31.12.2020', '1,5'], ','],
  ])('%j is written with %j', (texts, decimal) => {
    expect(decimalOf([texts])).toBe(decimal);
  });
});

describe('a column has the type of nearly all its texts', () => {
  const many = (text: (index: number) => string, count = 100): string[] =>
    Array.from({ length: count }, (_, index) => text(index));
  test.each([
    ['number', many(String)],
    ['number', [...many(String, 97), 'about 12', 'none at all']],
    ['category', [...many(String, 20), ...many((index) => `size ${index % 4}`, 20)]],
    ['boolean', ['yes', 'No', 'YES']],
    ['boolean', ['1', '0', '0']],
    ['number', ['1', '1', '1']],
    ['category', ['yes', '0', '1']],
    ['date', ['2024-01-01', '2024-12-31']],
    ['date', ['01/31/2024', '02/01/2024']],
    ['date', ['31.1.2024', '01.02.2024']],
    ['category', ['01234', '00501', '90210']],
    ['category', many((index) => `zone ${index % 7}`)],
    ['text', many((index) => `person ${index}`)],
    [
      'text',
      many(
        (index) => `a sentence of many words about the state of the thing with number ${index % 9}`,
      ),
    ],
    ['text', []],
  ])('%#: %s', (type, texts) => {
    expect(columnType(texts, '.')).toBe(type);
  });

  test('the month comes first only where the day cannot', () => {
    expect(orderOf(['01/02/2024', '01/31/2024'])).toBe('month-first');
    expect(orderOf(['01/02/2024', '31/01/2024'])).toBe('day-first');
    expect(orderOf(['01/02/2024'])).toBe('day-first');
    expect(isAmbiguous(['01/02/2024'])).toBe(true);
    expect(isAmbiguous(['01/02/2024', '13/02/2024'])).toBe(false);
    expect(isAmbiguous(['2024-01-02'])).toBe(false);
  });
});

describe('a gap is a mark that is no value anywhere', () => {
  const isNumber = (text: string): boolean => parseNumber(text, '.') !== null;
  test.each([
    [[['1', 'NA', '2']], ['NA']],
    [
      [
        ['a', '?', 'b'],
        ['1', 'null'],
      ],
      ['?', 'null'],
    ],
    [[['1', 'None', '2']], ['None']],
    [[['brick', 'None']], []],
    [
      [
        ['1', 'None'],
        ['brick', 'None'],
      ],
      [],
    ],
    [[['1', '', '2']], []],
  ])('%j → %j', (columns, marks) => {
    expect(missingMarks(columns, isNumber)).toEqual(marks);
  });
});

describe('a header names its unit', () => {
  test.each([
    ['Observed Length (m)', 'm'],
    ['weight [kg]', 'kg'],
    ['weight_kg', 'kg'],
    ['area m2', 'm²'],
    ['price_eur', 'EUR'],
    ['Preis (€)', '€'],
    ['speed (km/h)', 'km/h'],
    ['team', null],
    ['kg', null],
    ['Freshwater (as the observer judged it)', null],
    ['(m)', null],
  ])('%s → %s', (header, unit) => {
    expect(unitOf(header)).toBe(unit);
  });
});

describe('every column has a name of its own in the API', () => {
  test.each([
    [['a', 'b'], {}],
    [['Price ($)', 'Price (€)', 'price'], { 'Price (€)': 'price_2', price: 'price_3' }],
    [['場所', 'a'], { 場所: 'column_1' }],
    [['sold', 'sold_year'], { sold_year: 'sold_year_2' }],
    [['sold_year', 'sold'], { sold: 'sold_2' }],
  ])('%j → %j', (headers, names) => {
    expect(Object.fromEntries(renamed(headers, (header) => header === 'sold'))).toEqual(names);
  });
});
