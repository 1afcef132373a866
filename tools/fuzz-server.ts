// A server for the fuzzer: the real one, on a free port, with a small model, one never promoted and one that is damaged,
// all in a folder that goes away again.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { blobKey } from '#contract/registry/keys.ts';
import { publishTinyTo } from '../tests/worker/publish-tiny.ts';
import { openLocalR2 } from '../store/local-r2.ts';
import { freePort } from './free-port.ts';
import { waitUntilReady } from './wait-until-ready.ts';
import { endChild, ROOT, spawnWrangler } from './wrangler.ts';

const READY_MS = 120_000;

export const READY_MODEL = 'fuzzed';
export const NOT_READY_MODELS: readonly string[] = ['fuzz-early', 'fuzz-damaged'];

export interface FuzzServer {
  readonly url: string;
  /** Of wrangler; the process that answers is below it. */
  readonly pid: number;
  readonly inspectorPort: number;
  stop(): Promise<void>;
}

/** Throws with wrangler's output when it does not come up. */
export async function startFuzzServer(): Promise<FuzzServer> {
  mkdirSync(join(ROOT, '.scratch'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, '.scratch', 'fuzz-'));
  await publishModels(folder);
  const [port, inspectorPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const ports = ['--port', String(port), '--inspector-port', String(inspectorPort)];
  const wrangler = spawnWrangler(
    [
      'dev',
      '--ip',
      '127.0.0.1',
      ...ports,
      '--persist-to',
      folder,
      '--show-interactive-dev-session=false',
      '--log-level=error',
    ],
    ['ignore', 'pipe', 'pipe'],
  );
  // Only the end of what it says is kept: twenty thousand requests say much.
  let output = '';
  for (const stream of [wrangler.stdout, wrangler.stderr])
    stream?.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-20_000);
    });
  const stop = async (): Promise<void> => {
    await endChild(wrangler);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  const ended = (): boolean => wrangler.exitCode !== null;
  if (await waitUntilReady(`${url}/v2/health/ready`, READY_MS, ended))
    return { url, pid: wrangler.pid!, inspectorPort, stop };
  await stop();
  throw new Error(`wrangler dev is not ready:\n${output}`);
}

async function publishModels(state: string): Promise<void> {
  const { store, close } = await openLocalR2({ config: join(ROOT, 'wrangler.toml'), state });
  try {
    await publishTinyTo(store, READY_MODEL);
    await publishTinyTo(store, NOT_READY_MODELS[0]!, { promote: false });
    const { manifest } = await publishTinyTo(store, NOT_READY_MODELS[1]!);
    await store.delete(blobKey(manifest.model, manifest.files['model.onnx']!.sha256));
  } finally {
    await close();
  }
}
