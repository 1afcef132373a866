// Runs one of this repository's command lines without showing it, unless it fails.

import { spawn } from 'node:child_process';
import { QUIET_ENV, ROOT } from '../tools/wrangler.ts';

/** Resolves when `node <args>` has ended well. Throws with its last words when not. */
export function runNode(args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...QUIET_ENV },
    });
    const words: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => words.push(chunk.toString('utf8')));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${args[0]} ended with ${code}:\n${words.join('').slice(-2_000)}`));
    });
  });
}
