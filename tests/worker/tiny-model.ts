// The tiny model, published into the bucket of the Worker under test.

import type { Publication } from '#contract/registry.ts';
import { r2Store } from '#contract/r2-store.ts';
import { env } from 'cloudflare:workers';
import type { Env } from '../../worker/env.ts';
import { publishTinyTo, type Publishing } from './publish-tiny.ts';

export { TINY_ONNX, TINY_TREES } from './publish-tiny.ts';

export const bucket = (env as Env).MODELS;
export const registry = r2Store(bucket, 'test bucket');

/** Publishes the tiny model under `model`, as champion unless told otherwise. */
export const publishTiny = (model: string, options?: Publishing): Promise<Publication> =>
  publishTinyTo(registry, model, options);
