// client/python against the running product. It needs python3 and its standard library; without it the test is skipped.

import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { ROOT } from '../../tools/wrangler.ts';

const PYTHON = process.platform === 'win32' ? 'python' : 'python3';
const found = spawnSync(PYTHON, ['--version']).status === 0;

test.skipIf(!found)('the Python client gives the answers of the API', async () => {
  const env = {
    ...process.env,
    GHARIAL_URL: inject('url'),
    GHARIAL_MODEL: 'crocodile-species',
    PYTHONDONTWRITEBYTECODE: '1',
  };
  const output = await new Promise<string>((done) => {
    const words = ['-m', 'unittest', 'tests.test_client'];
    const cwd = join(ROOT, 'client', 'python');
    execFile(PYTHON, words, { cwd, env }, (_, out, err) => done(out + err));
  });
  expect(output).toMatch(/^Ran 7 tests[\s\S]*\nOK( \(skipped=1\))?\s*$/m);
});
