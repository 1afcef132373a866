// What a person sees of the data part: one command, clear words, an exit code, and nothing half done.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { runData } from './run-cli.ts';
import { contentsOf, HEADER, TABLE, temporaryRoot } from './tiny.ts';
import { zip } from './zip.ts';

const BIRDS = ['--dataset', 'birds'];

async function rootWithFile(content: string | Uint8Array, name = 'b.csv'): Promise<string> {
  const root = await temporaryRoot();
  await writeFile(path.join(root, name), content);
  return root;
}

const current = async (root: string, dataset = 'birds') =>
  JSON.parse(await readFile(path.join(root, dataset, 'raw', 'current.json'), 'utf8'));

describe('without options', () => {
  test('the synthetic table is written, and says so; the second time nothing changes', async () => {
    const root = await temporaryRoot();
    const first = await runData(root, []);
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toMatch(/^took +crocodile-synthetic\.csv: 1,000 rows$/m);
    expect(first.out).toMatch(/^source +synthetic: .*, seed 1, 1000 rows$/m);
    expect(await current(root, 'crocodile')).toMatchObject({ rows: 1000, synthetic: true });
    const before = await contentsOf(root);
    const second = await runData(root, []);
    expect(second).toMatchObject({ code: 0, err: '' });
    expect(second.out).toMatch(/^there +crocodile: 1,000 rows, left as it is$/m);
    expect(await contentsOf(root)).toEqual(before);
  });
  test('a table that was taken stays', async () => {
    const root = await rootWithFile(TABLE);
    await runData(root, [...BIRDS, '--from', 'b.csv']);
    const { code, out } = await runData(root, BIRDS);
    expect(code).toBe(0);
    expect(out).toMatch(/^there +birds: 3 rows, left as it is$/m);
    expect(out).toMatch(/^source +file b\.csv$/m);
  });
  test('a table that was laid into raw by hand is neither used nor passed over', async () => {
    const root = await temporaryRoot();
    await mkdir(path.join(root, 'crocodile', 'raw'));
    await writeFile(path.join(root, 'crocodile', 'raw', 'mine.csv'), 'x');
    const file = path.join('crocodile', 'raw', 'mine.csv');
    expect(await runData(root, [])).toEqual({
      code: 1,
      out: '',
      err: `error: ${file}: not taken yet: npm run data -- --dataset crocodile --from ${file}\n`,
    });
  });
  test('a raw table that was altered is refused', async () => {
    const root = await temporaryRoot();
    await runData(root, []);
    const { file } = await current(root, 'crocodile');
    await writeFile(path.join(root, 'crocodile', 'raw', file), 'altered');
    const { code, err } = await runData(root, []);
    expect(code).toBe(1);
    expect(err).toMatch(/^error: crocodile\/raw\/[0-9a-f]{12}\.csv: altered: .*\n$/);
  });
});

describe('--from', () => {
  test('takes a file, names what it ignores, and keeps what was there', async () => {
    const root = await temporaryRoot();
    await runData(root, []);
    const { columns } = (await import('#data/crocodile/schema.ts')).default;
    const { file } = await current(root, 'crocodile');
    const raw = await readFile(path.join(root, 'crocodile', 'raw', file), 'utf8');
    const wider = raw
      .trimEnd()
      .split('\n')
      .slice(0, 3)
      .map((line, row) => `${line},${row === 0 ? 'Zoo' : 'no'}`);
    await writeFile(path.join(root, 'wide.csv'), wider.join('\n'));
    const { code, out } = await runData(root, ['--from', 'wide.csv']);
    expect(code).toBe(0);
    expect(out).toMatch(/^took +wide\.csv: 2 rows$/m);
    expect(out).toMatch(/^ignored +columns: "Zoo"$/m);
    expect(out).toMatch(new RegExp(`^kept +crocodile.raw.${file} \\(synthetic`, 'm'));
    const interim = await readFile(
      path.join(root, 'crocodile', 'interim', 'crocodile.csv'),
      'utf8',
    );
    expect(interim.split('\n')[0]!.split(',')).toHaveLength(columns.length);
    expect(await readFile(path.join(root, 'crocodile', 'raw', file), 'utf8')).toBe(raw);
  });
  test('- takes what is piped in', async () => {
    const root = await temporaryRoot();
    const { code, out } = await runData(root, [...BIRDS, '--from', '-'], { input: TABLE });
    expect(code).toBe(0);
    expect(out).toMatch(/^took +standard-input\.csv: 3 rows$/m);
    expect(await current(root)).toMatchObject({ source: 'standard input', synthetic: false });
  });
  test('takes the one CSV of a zip archive', async () => {
    const root = await rootWithFile(zip([{ name: 'in/b.csv', content: TABLE }]), 'b.zip');
    expect(await runData(root, [...BIRDS, '--from', 'b.zip'])).toMatchObject({ code: 0 });
    expect(await current(root)).toMatchObject({
      source: 'file b.zip, b.csv',
      original_name: 'b.csv',
    });
  });
  test('keeps the name of a file on one line', async () => {
    const root = await rootWithFile(zip([{ name: 'a\n\u001b[2J.csv', content: TABLE }]), 'b.zip');
    await runData(root, [...BIRDS, '--from', 'b.zip']);
    expect(await current(root)).toMatchObject({ source: 'file b.zip, a??[2J.csv' });
  });
  test('lists all faults, takes nothing and exits with 1', async () => {
    const root = await rootWithFile(`${HEADER}\nx,5,Hen,Cuba,31-03-2018,\n`);
    const before = await contentsOf(root);
    expect(await runData(root, [...BIRDS, '--from', 'b.csv'])).toEqual({
      code: 1,
      out: '',
      err: [
        'error: b.csv: 2 faults',
        'b.csv:2: Ring: not a number: "x"',
        'b.csv:2: Sex: not a category of this column: "Hen" (one of Female, Male, Unknown)',
        '',
      ].join('\n'),
    });
    expect(await contentsOf(root)).toEqual(before);
  });
});

test('--synthetic goes back to the synthetic table, of any seed and length', async () => {
  const root = await temporaryRoot();
  await runData(root, []);
  const { sha256 } = await current(root, 'crocodile');
  await runData(root, ['--synthetic', '--seed', '2', '--rows', '50']);
  expect(await current(root, 'crocodile')).toMatchObject({ rows: 50, synthetic: true });
  await runData(root, ['--synthetic']);
  expect(await current(root, 'crocodile')).toMatchObject({ rows: 1000, sha256 });
});

test('--check reads and takes nothing', async () => {
  const root = await rootWithFile(TABLE);
  const before = await contentsOf(root);
  expect(await runData(root, [...BIRDS, '--check', 'b.csv'])).toEqual({
    code: 0,
    out: 'sound    b.csv: 3 rows\n',
    err: '',
  });
  const faulty = await runData(root, [...BIRDS, '--check', '-'], { input: 'a,b' });
  expect(faulty).toMatchObject({ code: 1, out: '' });
  expect(await contentsOf(root)).toEqual(before);
});

const failures: readonly (readonly [string, readonly string[], number, string])[] = [
  ['a file that is not there', ['--from', 'no.csv'], 1, 'error: no such file: no.csv\n'],
  ['a folder', ['--from', '.'], 1, 'error: a folder, not a file: .\n'],
  [
    'an unknown dataset',
    ['--dataset', 'fish'],
    1,
    'error: no such dataset: fish (there is: birds, crocodile)\n',
  ],
  [
    'a dataset without generator',
    BIRDS,
    1,
    'error: no generator: birds (take a table with: npm run data -- --dataset birds --from FILE)\n',
  ],
  [
    'Kaggle for what is not from there',
    [...BIRDS, '--kaggle'],
    1,
    'error: not a dataset of Kaggle: birds is from https://example.org/birds\n',
  ],
  [
    'two sources',
    ['--from', 'a.csv', '--kaggle'],
    2,
    "error: option '--from <file>' cannot be used with option '--kaggle'\n",
  ],
  [
    'an unknown option',
    ['--form', 'a.csv'],
    2,
    "error: unknown option '--form'\n(Did you mean --from?)\n",
  ],
  [
    'a seed that is none',
    ['--synthetic', '--seed', '1.5'],
    2,
    "error: option '--seed <number>' argument '1.5' is invalid. It must be a whole number from 0 to 4294967295.\n",
  ],
  [
    'a seed for a real table',
    ['--from', 'a.csv', '--seed', '1'],
    2,
    'error: --seed and --rows go with --synthetic\n',
  ],
  [
    'a file without its option',
    ['a.csv'],
    2,
    'error: too many arguments. Expected 0 arguments but got 1: a.csv.\n',
  ],
];

test.each(failures)('%s is refused, and nothing is written', async (_, options, code, err) => {
  const root = await temporaryRoot();
  const before = await contentsOf(root);
  expect(await runData(root, options)).toEqual({ code, out: '', err });
  expect(await contentsOf(root)).toEqual(before);
});
