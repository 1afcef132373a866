// A bare workerd on loopback with one Worker in it, and nothing else.

import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

export interface WorkerdOptions {
  /** By name, `index.js` first: files that the configuration embeds. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** Cap'n Proto of the Worker: modules, bindings, compatibility. */
  readonly worker: string;
}

export interface Workerd {
  readonly url: string;
  stop(): Promise<void>;
}

const START_MS = 20_000;

/** Throws with workerd's own words, or the system's, when it does not start. */
export async function startWorkerd({ files, worker }: WorkerdOptions): Promise<Workerd> {
  const folder = await mkdtemp(join(tmpdir(), 'gharial-proof-'));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  await writeFile(
    join(folder, 'config.capnp'),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (${worker}))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`,
  );
  const child = spawn(binary(), ['serve', join(folder, 'config.capnp'), '--control-fd=3'], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  try {
    return { url: `http://127.0.0.1:${await portOf(child)}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The one that this checkout's wrangler runs. */
function binary(): string {
  const require = createRequire(createRequire(import.meta.url).resolve('wrangler/package.json'));
  return (require('workerd') as { default: string }).default;
}

/** workerd says on its control pipe where it listens, a line of JSON. */
function portOf(child: ReturnType<typeof spawn>): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = '';
    let words = '';
    const fail = (why: string): void => reject(new Error(why));
    const timer = setTimeout(() => fail(`it does not listen after ${START_MS} ms`), START_MS);
    child.stderr?.on('data', (chunk: Buffer) => (words += chunk.toString()));
    (child.stdio[3] as Readable).on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const port = /"event":"listen".*?"port":(\d+)/.exec(said)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
    child.once('error', (error) => (clearTimeout(timer), fail(error.message)));
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(words.trim().split('\n')[0] || `it ended with ${code}`);
    });
  });
}
