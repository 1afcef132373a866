// One process at a time, and none waits for the dead.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { acquire } from '../../tools/lock.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gharial-'));
  path = join(folder, 'lock');
});

afterEach(() => rmSync(folder, { recursive: true }));

test('the second waits until the first gives the lock back', async () => {
  const order: string[] = [];
  const release = await acquire(path);
  const second = acquire(path).then((releaseSecond) => {
    order.push('second has it');
    releaseSecond();
  });
  await new Promise((resolve) => setTimeout(resolve, 250));
  order.push('first gives it back');
  release();
  await second;
  expect(order).toEqual(['first gives it back', 'second has it']);
  expect(existsSync(path)).toBe(false);
});

test('the lock of a process that has ended is taken over', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  writeFileSync(path, String(pid));
  const release = await acquire(path);
  release();
  expect(existsSync(path)).toBe(false);
});
