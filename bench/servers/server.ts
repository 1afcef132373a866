// A contestant: how it is started, asked and ended.

import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { endChild } from '../../tools/wrangler.ts';

export interface Request {
  readonly path: string;
  readonly contentType: string;
  readonly body: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Server {
  readonly name: string;
  readonly port: number;
  readonly pid: number;
  end(): Promise<void>;
}

/** Starts a server anew; resolves as soon as its process runs, which is before it listens. */
export type Start = () => Promise<Server>;

/** Spawns `command`; what it says is kept, for the error when it dies. */
export async function spawnServer(
  name: string,
  command: string,
  args: (port: number) => readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Server> {
  const port = await freePort();
  const child = spawn(command, args(port), {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const words: string[] = [];
  child.stderr!.on('data', (chunk: Buffer) => words.push(chunk.toString('utf8')));
  const pid = await pidOf(child);
  let ending = false;
  child.once('exit', (code) => {
    if (ending) return;
    process.stderr.write(`${name} ended with ${code}:\n${words.join('').slice(-2_000)}\n`);
    process.exit(1);
  });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  return {
    name,
    port,
    pid,
    end: () => {
      ending = true;
      process.removeListener('exit', kill);
      return endChild(child);
    },
  };
}

function pidOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => resolve(child.pid!));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
