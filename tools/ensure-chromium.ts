// The page's tests need a real Chromium: found, or fetched from Debian when that is possible, or asked for in one line.

import { spawnSync } from 'node:child_process';
import { findChromium } from './find-chromium.ts';

/** Ends the process with a line that says what to install when there is no Chromium and none can be got. */
export async function ensureChromium(): Promise<void> {
  if (findChromium() !== null) return;
  if (process.platform === 'linux' && process.getuid?.() === 0 && hasApt()) {
    console.log('no Chromium found: installing Debian’s package');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const apt = (...args: string[]): number | null =>
      spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env }).status;
    if (apt('update') === 0) apt('install', '-y', '--no-install-recommends', 'chromium');
    if (findChromium() !== null) return;
  }
  console.error(
    'no Chromium found: install it (Debian: sudo apt-get install chromium) or set CHROME_PATH to a Chrome or Chromium',
  );
  process.exit(1);
}

const hasApt = (): boolean => spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;
