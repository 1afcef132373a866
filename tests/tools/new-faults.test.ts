// What is wrong with a table is said by row and column, all of it at once, and nothing is written then.

import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from './run-cli.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'gharial-faults-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** Sound rows, with others put in from line 2 on. */
function table(...others: readonly string[]): string {
  const rows = Array.from(
    { length: 60 },
    (_, index) => `${index * 1.5},${'abc'[index % 3]},2024-01-${10 + (index % 9)},${index % 7}.5`,
  );
  return `${['size,zone,day,price', ...others, ...rows].join('\n')}\n`;
}

const latin1 = Buffer.from(table('5,M\u00fcnchen,2024-01-01,1'), 'latin1');

const FAULTS: readonly (readonly [
  name: string,
  content: string | Uint8Array,
  options: readonly string[],
  messages: readonly string[],
])[] = [
  [
    'Latin-1',
    latin1,
    [],
    ['is not UTF-8 but perhaps Latin-1 or Windows-1252', 'in line 2', 'CSV UTF-8'],
  ],
  ['UTF-16', Buffer.from(`\ufeff${table()}`, 'utf16le'), [], ['is UTF-16']],
  ['nothing', '', [], ['is empty']],
  ['a web page', '<!doctype html><p>Sign in</p>', [], ['is a web page']],
  ['a header alone', 'size,price\n', [], ['a header, and no row below it']],
  [
    'several faults at once',
    table('big,a,2024-01-01,1', '5,b', '6,c,2024-02-30,', '"7\n",b,2024-01-01,cheap'),
    [],
    [
      'table.csv: 5 faults',
      'table.csv:2: size: not a number: "big"',
      'table.csv:3: 2 cells in place of 4',
      'table.csv:4: day: not a day: "2024-02-30"',
      'table.csv:4: price: empty, and it must not be',
      'table.csv:6: price: not a number: "cheap"',
    ],
  ],
  ['a header twice', table().replace('zone', 'size'), [], ['size: there twice: cells 1 and 2']],
  [
    'an open quote',
    `${table()}"9,a,2024-01-01,1\n`,
    [],
    ['a quote that opens in this row is never closed'],
  ],
  [
    'a target that is not there',
    table(),
    ['--target', 'cost'],
    ['no such column: cost (there is: size, zone, day, price)'],
  ],
  [
    'a target that is a day',
    table(),
    ['--target', 'day'],
    ['a date column cannot be the target: day'],
  ],
  ['a type for no column', table(), ['--type', 'weight=number'], ['no such column: weight']],
  [
    'a target that never differs',
    table().replace(/,\d\.5$/gm, ',1'),
    [],
    ['target is the same in every row: price'],
  ],
  ['few rows', 'size,price\n1,2\n2,3\n', [], ['too few rows: 2']],
  [
    'nothing to learn from',
    table(),
    ['--drop', 'size', '--drop', 'zone', '--drop', 'day'],
    ['nothing is left to learn price from', 'size: left out, as asked'],
  ],
  ['a name that is none', table(), ['--name', 'My Model'], ['not a name: My Model']],
  [
    'too many labels',
    `name,n\n${Array.from({ length: 600 }, (_, row) => `label ${row},${row % 7}`).join('\n')}\n`,
    ['--target', 'name'],
    ['target has too many labels: name has 600 (up to 500)'],
  ],
];

describe.concurrent.each(FAULTS)('%s', (name, content, options, messages) => {
  test('is refused, and nothing is written', async () => {
    const folder = await mkdtemp(join(root, 'table-'));
    const file = join(folder, 'table.csv');
    await writeFile(file, content);
    const target = options.includes('--target') ? [] : ['--target', 'price'];
    const { code, out, err } = await runCli('tools/new.ts', [
      file,
      ...target,
      ...options,
      '--root',
      folder,
    ]);
    expect({ code, out }, err).toEqual({ code: 1, out: '' });
    for (const message of messages) expect(err).toContain(message);
    expect(err).not.toContain('    at ');
    expect(await readdir(folder)).toEqual(['table.csv']);
  });
});

test.each([
  [['table.csv'], "required option '--target <column>'"],
  [['--target', 'price'], "missing required argument 'file'"],
  [['table.csv', '--target', 'price', '--type', 'size=integer'], 'It must be COLUMN=TYPE'],
  [['table.csv', '--target', 'price', '--task', 'ranking'], 'Allowed choices are'],
])('a usage fault is said and ends with 2: %o', async (args, message) => {
  const { code, err } = await runCli('tools/new.ts', args);
  expect(code).toBe(2);
  expect(err).toContain(message);
});

test('a file that is not there is said', async () => {
  const { code, err } = await runCli('tools/new.ts', ['nowhere.csv', '--target', 'price']);
  expect({ code, err }).toEqual({ code: 1, err: 'error: no such file: nowhere.csv\n' });
});
