// The peers: FastAPI in Python, and Fastify in node. Both get the model's description as one file, peer.json.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TabularManifest } from '#contract/manifest.ts';
import { ROOT } from '../../tools/wrangler.ts';
import { spawnServer, type Start } from './server.ts';

const PEERS = join(ROOT, 'bench', 'peers');

export interface PeerOptions {
  readonly manifest: TabularManifest;
  /** The model's file, and the rows it was fitted on. */
  readonly onnx: string;
  readonly table: string;
  /** Where peer.json is written. */
  readonly folder: string;
}

/** Writes what a peer must know of the model; answers its path. */
export async function writePeer({ manifest, onnx, table, folder }: PeerOptions): Promise<string> {
  const { features, target } = manifest.signature;
  const path = join(folder, 'peer.json');
  const labels = target.type === 'category' ? target.labels : [];
  const described = { model: manifest.model, version: manifest.version, features, labels };
  await writeFile(path, JSON.stringify({ ...described, target: target.name, onnx, table }));
  return path;
}

export const fastapi =
  (python: string, engine: 'sklearn' | 'onnxruntime', peer: string): Start =>
  () =>
    spawnServer(`FastAPI + ${engine === 'sklearn' ? 'scikit-learn' : engine}`, python, (port) => [
      join(PEERS, 'fastapi_server.py'),
      engine,
      peer,
      String(port),
    ]);

/** `folder` has fastify and onnxruntime-node in its node_modules. */
export const fastify =
  (folder: string, peer: string): Start =>
  () =>
    spawnServer('Fastify + onnxruntime-node', process.execPath, (port) => [
      join(PEERS, 'fastify-server.mjs'),
      folder,
      peer,
      String(port),
    ]);
