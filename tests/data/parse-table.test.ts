// Copies of one table differ. Each is read right, or refused with file, line and column of every fault.

import { describe, expect, test } from 'vitest';
import type { DatasetSchema } from '#contract/schema.ts';
import { DataError } from '#data/data-error.ts';
import { parseTable } from '#data/read/parse-table.ts';
import { BIRDS, COLUMNS, HEADER, TABLE, utf8 } from './tiny.ts';

const LINES = TABLE.trimEnd().split('\n');
const ROW = '1,18.5,Female,Cuba,31-03-2018,x';

const rowWith = (cell: string, column: number): string =>
  ROW.split(',').with(column, cell).join(',');

const read = (bytes: Uint8Array | string, schema: DatasetSchema = BIRDS) =>
  parseTable(typeof bytes === 'string' ? utf8(bytes) : bytes, schema, 'birds.csv');

function refusal(bytes: Uint8Array | string): string {
  try {
    read(bytes);
  } catch (error) {
    if (error instanceof DataError) return error.message;
    throw error;
  }
  return 'read without a fault';
}

const reversed = (line: string): string => {
  const [ring, weight, sex, country, seen, ...notes] = line.split(',');
  return [notes.join(','), seen, country, sex, weight, ring].join(',');
};

describe('the same rows come out of', () => {
  const copies: Record<string, string | Uint8Array> = {
    'the table as it is': TABLE,
    'CRLF line ends': TABLE.replaceAll('\n', '\r\n'),
    'CR line ends': TABLE.replaceAll('\n', '\r'),
    'line ends of two kinds': TABLE.replace('\n', '\r\n'),
    'a byte order mark': `\ufeff${TABLE}`,
    'a byte order mark and CRLF': `\ufeff${TABLE.replaceAll('\n', '\r\n')}`,
    'no line end at the end': TABLE.trimEnd(),
    'an empty last line': `${TABLE}\n`,
    'several empty last lines, some of commas and spaces': `${TABLE}\n,,,,,\n  \r\n\n`,
    'days with slashes': TABLE.replace(/(\d\d)-(\d\d)-(\d{4})/g, '$1/$2/$3'),
    'days with points': TABLE.replace(/(\d\d)-(\d\d)-(\d{4})/g, '$1.$2.$3'),
    'ISO days': TABLE.replace(/(\d\d)-(\d\d)-(\d{4})/g, '$3-$2-$1'),
    'days of several kinds': TABLE.replace('31-03-2018', '31/3/2018').replace(
      '01-12-2020',
      '2020-12-01',
    ),
    'columns in another order': LINES.map(reversed).join('\n'),
    'spaces around cells': TABLE.replace('18.5', ' 18.5 ')
      .replace('Female', ' Female')
      .replace('Ring', ' Ring '),
    'every cell in quotes': LINES.map((line) =>
      line.includes('"')
        ? line
        : line
            .split(',')
            .map((cell) => `"${cell}"`)
            .join(','),
    ).join('\n'),
    'numbers written otherwise': TABLE.replace('18.5', '+1.850e1').replace('300', '300.0'),
    'letters in two code points': TABLE.normalize('NFD'),
  };
  test.each(Object.entries(copies))('%s', (_, copy) => {
    expect(read(copy)).toEqual({ rows: 3, columns: COLUMNS, ignored: [] });
  });

  test('a table with columns of its own, which are named', () => {
    const wider = LINES.map((line, index) =>
      index === 0 ? `,${line},Ringer` : `${index},${line},Ann`,
    );
    expect(read(wider.join('\n'))).toEqual({ rows: 3, columns: COLUMNS, ignored: ['', 'Ringer'] });
  });
});

test('columns come in the order of the schema', () => {
  const table = read(LINES.map(reversed).join('\n'));
  expect(Object.keys(table.columns)).toEqual(BIRDS.columns.map((column) => column.name));
});

test('a category that is new is read where any text is one', () => {
  expect(read(`${HEADER}\n${rowWith('Åland', 3)}`).columns.Country).toEqual(['Åland']);
});

describe('a line of the file keeps its number', () => {
  test('below a cell with line breaks of all kinds', () => {
    const table = `${HEADER}\n1,5,Male,Cuba,31-03-2018,"a\nb\r\nc\rd"\n${rowWith('x', 0)}`;
    expect(refusal(table)).toBe('birds.csv:6: Ring: not a number: "x"');
  });
  test('right of a cell with a line break', () => {
    const wider = `Notes,Ring,Weight (g),Sex,Country,Seen\n"a\nb",x,5,Male,Cuba,31-03-2018`;
    expect(refusal(wider)).toBe('birds.csv:3: Ring: not a number: "x"');
  });
  test('below letters of several bytes, a byte order mark and CRLF', () => {
    const table = `\ufeff${HEADER}\r\n${rowWith('Côte d’Ivoire 🐊', 3)}\r\n${rowWith('x', 0)}\r\n`;
    expect(refusal(table)).toBe('birds.csv:3: Ring: not a number: "x"');
  });
});

describe('a file that is no table is refused for what it is', () => {
  const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');
  const files: readonly (readonly [string, string | Uint8Array, string])[] = [
    ['nothing', '', '1: is empty'],
    ['white space', ' \r\n\n\t', '1: is empty'],
    ['only a byte order mark', '\ufeff', '1: is empty'],
    [
      'a Git LFS pointer',
      `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 226674\n`,
      '1: is a Git LFS pointer, not the table: run "git lfs pull" where it was cloned',
    ],
    [
      'a web page',
      '\n<!DOCTYPE html>\n<html><title>Log in</title></html>',
      '1: is a web page, not a table: an error or login page was saved',
    ],
    [
      'UTF-16, little end first',
      Buffer.from(`\ufeff${TABLE}`, 'utf16le'),
      '1: is UTF-16, not UTF-8: save it as "CSV UTF-8"',
    ],
    [
      'UTF-16, big end first',
      Buffer.from(`\ufeff${TABLE}`, 'utf16le').swap16(),
      '1: is UTF-16, not UTF-8: save it as "CSV UTF-8"',
    ],
    [
      'UTF-16 that does not say so',
      Buffer.from(TABLE, 'utf16le'),
      '1: is binary or UTF-16, not UTF-8: byte 1 is zero',
    ],
    [
      'Latin-1',
      latin1(`${HEADER}\n${ROW}\n${rowWith("Côte d'Ivoire", 3)}\n`),
      '3: Country: not valid UTF-8: "C\ufffdte d\'Ivoire"',
    ],
    [
      'Latin-1 in a column that is not used',
      latin1(`${HEADER},Ort\n${ROW},Köln\n`),
      '2: Ort: not valid UTF-8: "K\ufffdln"',
    ],
    [
      'UTF-8 of what was Latin-1 once',
      `${HEADER}\n${rowWith("C\ufffdte d'Ivoire", 3)}\n`,
      '2: Country: a broken character (U+FFFD): "C\ufffdte d\'Ivoire"',
    ],
    ['gzip', Uint8Array.of(0x1f, 0x8b, 8, 0), '1: is compressed with gzip: unpack it first'],
    [
      'another table',
      'a,b\n1,2\n',
      '1: none of the 6 columns is in the header, which begins with "a"',
    ],
    ['JSON', '{"code":403}', '1: is JSON, not a table'],
    ['semicolons', TABLE.replaceAll(',', ';'), '1: cells are separated by ";", not by commas'],
    ['tabs', TABLE.replaceAll(',', '\t'), '1: cells are separated by "\\t", not by commas'],
    ['a header alone', `${HEADER}\n`, '1: a header, and no row below it'],
  ];
  test.each(files)('%s', (_, file, message) => {
    expect(refusal(file)).toBe(`birds.csv:${message}`);
  });
});

describe('one fault is one line', () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ['too few cells', '1,5,Male,Cuba,31-03-2018', '5 cells in place of 6'],
    [
      'a decimal comma that splits a cell',
      `1,18,5,Male,Cuba,31-03-2018,x`,
      '7 cells in place of 6',
    ],
    ['an empty line between rows', `\n${ROW}`, 'an empty line between rows'],
    [
      'a decimal comma in quotes',
      rowWith('"18,5"', 1),
      'Weight (g): not a number: "18,5" (a decimal comma: a point is needed)',
    ],
    ['a number with its unit', rowWith('18 g', 1), 'Weight (g): not a number: "18 g"'],
    ['NaN', rowWith('NaN', 1), 'Weight (g): not a number: "NaN"'],
    ['Infinity', rowWith('Infinity', 1), 'Weight (g): not a number: "Infinity"'],
    ['a hexadecimal number', rowWith('0x10', 1), 'Weight (g): not a number: "0x10"'],
    ['a number beyond all', rowWith('1e999', 1), 'Weight (g): outside of 2 to 900 g: 1e999'],
    ['just below the range', rowWith('1.999', 1), 'Weight (g): outside of 2 to 900 g: 1.999'],
    ['just above the range', rowWith('900.001', 1), 'Weight (g): outside of 2 to 900 g: 900.001'],
    ['outside of a range without a unit', rowWith('100', 0), 'Ring: outside of 1 to 99: 100'],
    ['a fraction of a whole number', rowWith('1.5', 0), 'Ring: not a whole number: 1.5'],
    ['an empty number', rowWith('', 0), 'Ring: empty, and it must not be'],
    ['an empty category', rowWith('  ', 2), 'Sex: empty, and it must not be'],
    ['an empty day', rowWith('', 4), 'Seen: empty, and it must not be'],
    [
      'a category outside of the list',
      rowWith('Drake', 2),
      'Sex: not a category of this column: "Drake" (one of Female, Male, Unknown)',
    ],
    [
      'a category in other letters',
      rowWith('MALE', 2),
      'Sex: not a category of this column: "MALE" ("Male" is)',
    ],
    [
      'no day of the calendar',
      rowWith('31-04-2018', 4),
      'Seen: not a day: "31-04-2018" (DD-MM-YYYY, DD/MM/YYYY or YYYY-MM-DD)',
    ],
    [
      'a day with the month first',
      rowWith('03/31/2018', 4),
      'Seen: not a day: "03/31/2018" (DD-MM-YYYY, DD/MM/YYYY or YYYY-MM-DD)',
    ],
    [
      'a text that would drive a terminal',
      rowWith('\u001b[2J\u009b\u202e', 2),
      'Sex: not a category of this column: "\\u001b[2J\\u009b\\u202e" (one of Female, Male, Unknown)',
    ],
    [
      'a quote in the middle of a cell',
      rowWith('5" tall', 5),
      'a quote inside of a cell that is not quoted; nothing after it was read',
    ],
    [
      'text after a closing quote',
      rowWith('"x"y', 5),
      'text after the closing quote of a cell; nothing after it was read',
    ],
    [
      'a quote that stays open',
      `${rowWith('"x', 5)}\n${ROW}`,
      'a quote that opens in this row is never closed; nothing after it was read',
    ],
  ];
  test.each(rows)('%s', (_, row, fault) => {
    expect(refusal(`${HEADER}\n${ROW}\n${row}\n`)).toBe(`birds.csv:3: ${fault}`);
  });

  test('a column that is missing', () => {
    const table = LINES.map((line) => line.slice(line.indexOf(',') + 1)).join('\n');
    expect(refusal(table)).toBe('birds.csv:1: Ring: missing');
  });
  test('a column that is spelled otherwise', () => {
    const table = TABLE.replace('Weight (g)', 'weight_g');
    expect(refusal(table)).toBe('birds.csv:1: Weight (g): missing (there is "weight_g")');
  });
  test('a column that is there twice', () => {
    const table = LINES.map((line, index) => `${line},${index === 0 ? 'Sex' : 'Male'}`).join('\n');
    expect(refusal(table)).toBe('birds.csv:1: Sex: there twice: cells 3 and 7');
  });
});

describe('all faults are said at once', () => {
  test('in the order of the file, wherever they were found', () => {
    const table = [
      HEADER.replace('Seen', 'Day'),
      rowWith('x', 0),
      '1,2',
      '',
      rowWith('Drake', 2),
      rowWith('"', 5),
    ].join('\n');
    expect(refusal(table).split('\n')).toEqual([
      'birds.csv: 6 faults',
      'birds.csv:1: Seen: missing',
      'birds.csv:2: Ring: not a number: "x"',
      'birds.csv:3: 2 cells in place of 6',
      'birds.csv:4: an empty line between rows',
      'birds.csv:5: Sex: not a category of this column: "Drake" (one of Female, Male, Unknown)',
      'birds.csv:6: a quote that opens in this row is never closed; nothing after it was read',
    ]);
  });
  test('several of one row', () => {
    expect(refusal(`${HEADER}\nx,y,z,Cuba,today,\n`).split('\n')).toHaveLength(5);
  });
  test('twenty of them, and how many more there are', () => {
    const message = refusal([HEADER, ...new Array<string>(23).fill(rowWith('x', 0))].join('\n'));
    const lines = message.split('\n');
    expect(lines).toHaveLength(22);
    expect(lines[0]).toBe('birds.csv: 23 faults');
    expect(lines[20]).toBe('birds.csv:21: Ring: not a number: "x"');
    expect(lines[21]).toBe('… and 3 more');
  });
  test('and twenty without such a line', () => {
    const message = refusal([HEADER, ...new Array<string>(20).fill(rowWith('x', 0))].join('\n'));
    expect(message).not.toContain('more');
  });
});
