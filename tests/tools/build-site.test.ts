// The site is built when it is stale, and left alone when it is not.

import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../tools/wrangler.ts';

const FILES = join(ROOT, 'site', '.svelte-kit', 'cloudflare');
const build = () =>
  spawnSync(process.execPath, [join(ROOT, 'tools/build-site.ts')], { encoding: 'utf8' });

test('a second build changes nothing and says nothing, and what is there is the page and no Worker of its own', () => {
  expect(build().status).toBe(0);
  const page = join(FILES, 'index.html');
  const before = statSync(page).mtimeMs;
  const again = build();
  expect([again.status, again.stdout, again.stderr]).toEqual([0, '', '']);
  expect(statSync(page).mtimeMs).toBe(before);
  expect(readFileSync(page, 'utf8')).toContain('<h1>');
  expect(readFileSync(join(FILES, '404.html'), 'utf8')).toContain('nothing at this address');
  expect(readFileSync(join(FILES, '.assetsignore'), 'utf8')).toContain('_worker.js');
  expect(readFileSync(join(ROOT, 'worker/index.ts'), 'utf8')).toContain('createApp');
});
