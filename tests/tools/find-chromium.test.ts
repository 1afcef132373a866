// Which browser the page's tests and pictures use.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findChromium } from '../../tools/find-chromium.ts';

const suffix = process.platform === 'win32' ? '.exe' : '';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gharial-'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test('CHROME_PATH comes before the PATH, and is passed over when nothing is there', () => {
  const [named, found] = [join(folder, 'my-browser'), join(folder, `chromium${suffix}`)];
  writeFileSync(named, '');
  writeFileSync(found, '');
  vi.stubEnv('PATH', ['/nowhere', folder].join(delimiter));
  vi.stubEnv('CHROME_PATH', named);
  expect(findChromium()).toBe(named);
  vi.stubEnv('CHROME_PATH', join(folder, 'gone'));
  expect(findChromium()).toBe(found);
  vi.stubEnv('CHROME_PATH', '');
  expect(findChromium()).toBe(found);
});
