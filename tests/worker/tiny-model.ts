// The tiny model, published into the bucket of the Worker under test.

import { sha256 } from '#contract/hash.ts';
import { manifestKey } from '#contract/registry/keys.ts';
import type { Publication } from '#contract/registry/registry.ts';
import { r2Store } from '#store/r2.ts';
import { env } from 'cloudflare:workers';
import type { Env } from '../../worker/env.ts';
import { publishTinyTo, type Publishing } from './publish-tiny.ts';

export { TINY_ONNX, TINY_TREES } from './publish-tiny.ts';

export const bucket = (env as Env).MODELS;
export const registry = r2Store(bucket, 'test bucket');

/** SHA-256 of the manifest of a version, as it is in the bucket. */
export async function manifestHash(model: string, version: string): Promise<string> {
  return sha256((await registry.get(manifestKey(model, version)))!.bytes);
}

/** Publishes the tiny model under `model`, as champion unless told otherwise. */
export const publishTiny = (model: string, options?: Publishing): Promise<Publication> =>
  publishTinyTo(registry, model, options);
