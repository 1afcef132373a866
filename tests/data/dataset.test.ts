// raw → interim → processed: raw never changes, the rest is always what raw gives, and the trainer gets checked cells.

import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadDataset } from '#data/versions/dataset.ts';
import { parseTable } from '#data/read/parse-table.ts';
import type { RawTable } from '#data/versions/raw-store.ts';
import { takeTable } from '#data/versions/take.ts';
import { BIRDS, COLUMNS, contentsOf, TABLE, temporaryRoot, utf8 } from './tiny.ts';

const RAW: RawTable = { bytes: utf8(TABLE), name: 'b.csv', source: 'file b.csv', synthetic: false };
const OTHER: RawTable = { ...RAW, bytes: utf8(TABLE.replace('18.5', '19')), name: 'c.csv' };

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const fileOf = ({ bytes }: RawTable): string => `${hashOf(bytes).slice(0, 12)}.csv`;

async function rootWith(...tables: readonly RawTable[]): Promise<string> {
  const root = await temporaryRoot();
  for (const table of tables) await takeTable(root, BIRDS, table);
  return root;
}

test('a table that was taken is loaded with its hash, source and typed cells', async () => {
  const root = await rootWith(RAW);
  expect(await loadDataset(root, 'birds')).toEqual({
    schema: expect.objectContaining({ title: 'Birds' }),
    rows: 3,
    sha256: hashOf(RAW.bytes),
    source: 'file b.csv',
    columns: COLUMNS,
  });
});

test('raw holds the bytes as they came, beside what is known of them', async () => {
  const root = await rootWith({ ...RAW, bytes: utf8(`\ufeff${TABLE.replaceAll('\n', '\r\n')}`) });
  const record = JSON.parse(await readFile(path.join(root, 'birds/raw/current.json'), 'utf8'));
  const bytes = await readFile(path.join(root, 'birds/raw', record.file));
  expect(bytes.toString()).toBe(`\ufeff${TABLE.replaceAll('\n', '\r\n')}`);
  expect(record).toEqual({
    format_version: 1,
    file: `${hashOf(bytes).slice(0, 12)}.csv`,
    sha256: hashOf(bytes),
    size: bytes.length,
    rows: 3,
    source: 'file b.csv',
    synthetic: false,
    original_name: 'b.csv',
  });
});

test('interim is the table in one spelling, processed the same under API names', async () => {
  const root = await rootWith({ ...RAW, bytes: utf8(`\ufeff${TABLE.replaceAll('\n', '\r\n')}`) });
  const files = await contentsOf(path.join(root, 'birds'));
  const text = (name: string): string => Buffer.from(files[name]!, 'latin1').toString();
  const rows = [
    '1,18.5,Female,Cuba,2018-03-31,"shy, small"',
    "2,,Male,Côte d'Ivoire,2020-12-01,",
    '3,300,Unknown,Cuba,2024-02-29,"said ""kek"""',
    '',
  ].join('\n');
  expect(text('interim/birds.csv')).toBe(`Ring,Weight (g),Sex,Country,Seen,Notes\n${rows}`);
  expect(text('processed/birds.csv')).toBe(`ring,weight_g,sex,country,seen,notes\n${rows}`);
  for (const folder of ['interim', 'processed'])
    expect(JSON.parse(text(`${folder}/birds.json`)).raw_sha256).toMatch(/^[0-9a-f]{64}$/);
});

test('interim read as a table gives the rows of raw, whatever is in its texts', async () => {
  const cells = ['a\nb', 'a\r\nb', '"', ',', '🐊', "'", 'a "b", c'];
  const notes = cells.map((cell) => `1,5,Male,Cuba,01-01-2020,"${cell.replaceAll('"', '""')}"`);
  const bytes = utf8([TABLE.split('\n')[0], ...notes].join('\n'));
  const root = await rootWith({ ...RAW, bytes });
  const interim = await readFile(path.join(root, 'birds/interim/birds.csv'));
  const parsed = parseTable(interim, BIRDS, 'interim');
  expect(parsed.columns.Notes).toEqual(cells);
  expect(parsed).toEqual(parseTable(bytes, BIRDS, 'raw'));
});

describe('interim and processed', () => {
  test('are made again when they were deleted', async () => {
    const root = await rootWith(RAW);
    const before = await contentsOf(root);
    await rm(path.join(root, 'birds/interim'), { recursive: true });
    await rm(path.join(root, 'birds/processed/birds.csv'));
    await loadDataset(root, 'birds');
    expect(await contentsOf(root)).toEqual(before);
  });
  test('are made again when someone edited them', async () => {
    const root = await rootWith(RAW);
    const before = await contentsOf(root);
    await writeFile(path.join(root, 'birds/interim/birds.csv'), 'mine');
    await loadDataset(root, 'birds');
    expect(await contentsOf(root)).toEqual(before);
  });
  test('are made again when another raw table counts', async () => {
    const root = await rootWith(RAW, OTHER);
    expect(await readFile(path.join(root, 'birds/processed/birds.csv'), 'utf8')).toContain('1,19,');
  });
  test('are left alone when they are fresh', async () => {
    const root = await rootWith(RAW);
    const file = path.join(root, 'birds/interim/birds.csv');
    const before = await stat(file, { bigint: true });
    await loadDataset(root, 'birds');
    expect((await stat(file, { bigint: true })).mtimeNs).toBe(before.mtimeNs);
  });
});

describe('raw', () => {
  test('keeps the table that was there when another is taken', async () => {
    const root = await rootWith(RAW, OTHER);
    expect((await loadDataset(root, 'birds')).sha256).toBe(hashOf(OTHER.bytes));
    expect(await readFile(path.join(root, 'birds/raw', fileOf(RAW)), 'utf8')).toBe(TABLE);
  });
  test('remembers of an older table that it was synthetic when it is taken again as a file', async () => {
    const root = await rootWith({ ...RAW, synthetic: true, source: 'synthetic' }, OTHER, RAW);
    expect((await loadDataset(root, 'birds')).source).toBe('synthetic');
  });
  test('is as it was when the same table is taken twice', async () => {
    const root = await rootWith(RAW);
    const before = await contentsOf(root);
    await takeTable(root, BIRDS, RAW);
    expect(await contentsOf(root)).toEqual(before);
  });
  test('is as it was when a faulty table is offered', async () => {
    const root = await rootWith(RAW);
    const before = await contentsOf(root);
    const faulty = { ...OTHER, bytes: utf8(TABLE.replace('Female', 'Hen')) };
    await expect(takeTable(root, BIRDS, faulty)).rejects.toThrow('c.csv:2: Sex: not a category');
    expect(await contentsOf(root)).toEqual(before);
  });
  test('leaves nothing at all when the first table is faulty', async () => {
    const root = await temporaryRoot();
    const before = await contentsOf(root);
    await expect(takeTable(root, BIRDS, { ...RAW, bytes: utf8('') })).rejects.toThrow('is empty');
    expect(await contentsOf(root)).toEqual(before);
  });
});

describe('loading refuses', () => {
  const again = 'take the table again with: npm run data -- --dataset birds --from FILE';

  test('a dataset without a raw table', async () => {
    await expect(loadDataset(await temporaryRoot(), 'birds')).rejects.toThrow(
      'no raw table: birds (make one with: npm run data -- --dataset birds)',
    );
  });
  test('a raw table that was altered, until the true one is taken again', async () => {
    const root = await rootWith(RAW);
    const altered = TABLE.replace('18.5', '18.6');
    await writeFile(path.join(root, 'birds/raw', fileOf(RAW)), altered);
    await expect(loadDataset(root, 'birds')).rejects.toThrow(
      `birds/raw/${fileOf(RAW)}: altered: its SHA-256 is ${hashOf(utf8(altered))} in place of ${hashOf(RAW.bytes)}; ${again}`,
    );
    await takeTable(root, BIRDS, RAW);
    expect((await loadDataset(root, 'birds')).columns).toEqual(COLUMNS);
    const kept = fileOf({ ...RAW, bytes: utf8(altered) });
    expect(await readFile(path.join(root, 'birds/raw', kept), 'utf8')).toBe(altered);
  });
  test('a raw table that is gone', async () => {
    const root = await rootWith(RAW);
    await rm(path.join(root, 'birds/raw', fileOf(RAW)));
    await expect(loadDataset(root, 'birds')).rejects.toThrow(
      `birds/raw/${fileOf(RAW)}: missing; ${again}`,
    );
  });
  test.each([
    ['{', 'birds/raw/current.json: (root) is not JSON'],
    ['{}', 'birds/raw/current.json: /format_version must be 1'],
    [
      JSON.stringify({ format_version: 1, sha256: 'a'.repeat(64), file: '../../etc/passwd' }),
      'birds/raw/current.json: /file must be aaaaaaaaaaaa.csv',
    ],
  ])('a pointer that reads %s', async (text, message) => {
    const root = await rootWith(RAW);
    await writeFile(path.join(root, 'birds/raw/current.json'), text);
    await expect(loadDataset(root, 'birds')).rejects.toThrow(message);
  });
  test('a table that a stricter schema no longer takes', async () => {
    const root = await rootWith(RAW);
    const columns = BIRDS.columns.map((column) => ({ ...column, nullable: false }));
    const strict = await temporaryRoot({ ...BIRDS, columns });
    await takeTable(root, BIRDS, RAW);
    await writeFile(
      path.join(root, 'birds/schema.ts'),
      await readFile(path.join(strict, 'birds/schema.ts')),
    );
    await expect(loadDataset(root, 'birds')).rejects.toThrow(
      `birds/raw/${fileOf(RAW)}:3: Weight (g): empty, and it must not be`,
    );
  });
});
