// docs/train.md shows what the commands print: its blocks of output are held against them.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from './run-cli.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const TABLE = 'docs/examples/homes.csv';

let folder: string;
let guide: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gharial-guide-'));
  guide = await readFile(join(ROOT, 'docs', 'train.md'), 'utf8');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The lines that `text` has and the guide has not. */
const missing = (text: string): readonly string[] => {
  const lines = new Set(guide.split('\n'));
  return text.split('\n').filter((line) => !lines.has(line.trimEnd()));
};

test('how the table is read', async () => {
  const { code, out } = await runCli('tools/new.ts', [TABLE, '--target', 'price_eur', '--dry-run']);
  expect(code).toBe(0);
  expect(missing(out.trimEnd())).toEqual([]);
});

test('a look at the table', async () => {
  const made = await runCli('tools/new.ts', [
    ...[TABLE, '--target', 'price_eur', '--no-train', '--root', folder],
  ]);
  expect(made.code, made.err).toBe(0);
  const { out } = await runCli('data/cli.ts', [
    ...['--root', join(folder, 'data'), '--dataset', 'homes', '--describe'],
  ]);
  expect(missing(out.trimEnd())).toEqual([]);
});

test('faults, as the guide shows them', async () => {
  const lines = (await readFile(join(ROOT, TABLE), 'utf8')).split('\n');
  lines[11] = lines[11]!.replace(/^(\d+),[^,]*/, '$1,about 90');
  lines[39] = lines[39]!.replace(/,[^,]*$/, '');
  const { code, err } = await runCli(
    'tools/new.ts',
    ['-', '--target', 'price_eur', '--root', folder],
    lines.join('\n'),
  );
  expect(code).toBe(1);
  expect(missing(err.trimEnd().replaceAll('standard-input.csv', 'homes.csv'))).toEqual([]);
});
