// What is special about a folder: other processes, leftovers of a crash, and keys that would leave it.

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { folderStore } from '../../store/folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gharial-folder-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
});

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

test('four processes lose no count, and each key has one writer', async () => {
  await folderStore(folder).put('count', utf8('0'));
  const program = join(import.meta.dirname, 'increment.ts');
  const runs = await Promise.all(
    [1, 2, 3, 4].map(() => promisify(execFile)(process.execPath, [program, folder, '25'])),
  );
  const count = await folderStore(folder).get('count');
  expect(new TextDecoder().decode(count?.bytes)).toBe('100');
  expect(runs.reduce((sum, { stdout }) => sum + Number(stdout), 0)).toBe(25);
});

test('the lock of a crashed process is broken after a while, and once', async () => {
  await mkdir(join(folder, '.registry'));
  const lock = join(folder, '.registry', 'lock');
  await writeFile(lock, '');
  const hourAgo = new Date(Date.now() - 3_600_000);
  await utimes(lock, hourAgo, hourAgo);
  const store = folderStore(folder);
  await Promise.all([1, 2, 3].map((value) => store.put('x', utf8(String(value)))));
  expect(await store.get('x')).not.toBeNull();
  expect(await readdir(join(folder, '.registry'))).toEqual([]);
});

test('what a crashed write left behind is no object', async () => {
  const store = folderStore(folder);
  await store.put('a/b', utf8('x'));
  await writeFile(join(folder, '.registry', 'half'), 'hal');
  expect(await store.list('')).toEqual(['a/b']);
});

test('a folder that is not there yet is an empty registry', async () => {
  const store = folderStore(join(folder, 'not', 'yet'));
  expect(await store.list('')).toEqual([]);
  expect(await store.get('a')).toBeNull();
  expect(await store.put('a', utf8('x'), 'absent')).toBe(true);
});

test('a key that others are below is no object', async () => {
  const store = folderStore(folder);
  await store.put('a/b', utf8('x'));
  expect(await store.get('a')).toBeNull();
  expect(await store.get('a/b/c')).toBeNull();
});

test.each(['../a', 'a/../../b', '/a', 'a//b', '.registry/lock', 'a\\b', 'C:a', ''])(
  'refuses %o, which is no key',
  async (key) => {
    const store = folderStore(folder);
    await expect(async () => store.get(key)).rejects.toThrow('not a key');
    await expect(async () => store.put(key, utf8('x'))).rejects.toThrow('not a key');
  },
);
