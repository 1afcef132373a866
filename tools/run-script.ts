// Runs another of this repository's command lines and waits for it.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './wrangler.ts';

/** The exit code of `node <script> <args>`, its output shown as it comes. */
export function runScript(script: string, args: readonly string[] = []): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(ROOT, script), ...args], {
      cwd: ROOT,
      stdio: 'inherit',
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
