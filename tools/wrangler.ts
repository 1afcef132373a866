// Starts wrangler the same way everywhere: this checkout's own copy, with nothing sent or fetched in passing.

import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export const ROOT = dirname(import.meta.dirname);

/** No metrics, no error reports, no lookup of where this machine is. */
export const QUIET_ENV: Readonly<Record<string, string>> = {
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
};

/** Spawns `wrangler <args>` in the repository's root. */
export function spawnWrangler(args: readonly string[], stdio: StdioOptions): ChildProcess {
  const bin = join(
    dirname(createRequire(import.meta.url).resolve('wrangler/package.json')),
    'bin/wrangler.js',
  );
  return spawn(process.execPath, [bin, ...args], {
    cwd: ROOT,
    stdio,
    env: { ...process.env, ...QUIET_ENV },
  });
}

/** Asks a child to end, and resolves when it has; what does not listen is ended after `patience` milliseconds. */
export async function endChild(child: ChildProcess, patience = 5_000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), patience);
  await ended;
  clearTimeout(timer);
}
