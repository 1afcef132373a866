// `npm run data` as a person runs it: a process of its own.

import { spawn } from 'node:child_process';
import path from 'node:path';
import { REPOSITORY } from './tiny.ts';

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs data/cli.ts with a root of its own; `input` is piped in, `environment` replaces all Kaggle settings. */
export function runData(
  root: string,
  options: readonly string[],
  {
    input = '',
    environment = {},
  }: { input?: string | Uint8Array; environment?: Record<string, string> } = {},
): Promise<Run> {
  const cli = path.join(REPOSITORY, 'data', 'cli.ts');
  const inherited = Object.entries(process.env).filter(([name]) => !/KAGGLE/.test(name));
  const child = spawn(process.execPath, [cli, '--root', root, ...options], {
    cwd: root,
    env: { ...Object.fromEntries(inherited), NO_COLOR: '1', ...environment },
  });
  return new Promise((resolve, reject) => {
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.stdin.on('error', () => {}); // it may end before it has read everything
    child.stdin.end(input);
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() });
    });
  });
}
