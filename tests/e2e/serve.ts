// The real product for a test: own data, own registry, own port, all in a folder that goes away again.

import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { waitUntilReady } from '../../tools/wait-until-ready.ts';
import { endChild, QUIET_ENV, ROOT, spawnWrangler } from '../../tools/wrangler.ts';

const READY_MS = 120_000;
const RAW = new Set(['raw', 'interim', 'processed', 'external']);
const run = promisify(execFile);

export interface Product {
  readonly url: string;
  /** `npm run data` with these options (none: the synthetic table), then `npm run trainer`. */
  train(...options: readonly string[]): Promise<void>;
  /** Publishes the made models (made-models.ts). */
  publishMade(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the product with nothing published, and with `settings` as its Worker's variables. Throws with wrangler's output
 * when it does not come up.
 */
export async function serve(settings: Readonly<Record<string, string>> = {}): Promise<Product> {
  // Inside the repository, because a dataset's schema imports the contract.
  mkdirSync(join(ROOT, '.scratch'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, '.scratch', 'e2e-'));
  const [data, state] = [join(folder, 'data'), join(folder, 'state')];
  cpSync(join(ROOT, 'data', 'crocodile'), join(data, 'crocodile'), {
    recursive: true,
    filter: (path) => !RAW.has(basename(path)),
  });

  const url = `http://127.0.0.1:${await freePort()}`;
  const { port } = new URL(url);
  const address = ['--ip', '127.0.0.1', '--port', port, '--inspector-port', '0'];
  const wrangler = spawnWrangler(
    [
      'dev',
      ...address,
      ...Object.entries(settings).flatMap(([name, value]) => ['--var', `${name}:${value}`]),
      ...['--persist-to', state, '--show-interactive-dev-session=false'],
    ],
    ['ignore', 'pipe', 'pipe'],
  );
  const output: Buffer[] = [];
  for (const stream of [wrangler.stdout, wrangler.stderr])
    stream?.on('data', (chunk: Buffer) => output.push(chunk));

  const stop = async (): Promise<void> => {
    await endChild(wrangler);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  const ended = (): boolean => wrangler.exitCode !== null;
  if (!(await waitUntilReady(`${url}/v2/health/live`, READY_MS, ended))) {
    await stop();
    throw new Error(`wrangler dev is not ready:\n${Buffer.concat(output).toString('utf8')}`);
  }
  return {
    url,
    stop,
    publishMade: () => script('tests/e2e/publish-made.ts', state),
    async train(...options) {
      await script('data/cli.ts', '--root', data, ...options);
      const proof = ['--parity-rows', '1000', '--quick'];
      await script('trainer/cli.ts', '--data-root', data, '--persist-to', state, ...proof);
    },
  };
}

async function script(path: string, ...args: string[]): Promise<void> {
  const env = { ...process.env, ...QUIET_ENV };
  await run(process.execPath, [join(ROOT, path), ...args], { cwd: ROOT, env });
}

/** A port that nobody listens on now. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
