// GET /v2/health/live, GET /v2/health/ready (Open Inference Protocol). One client reads `live`, another `ready`: both are sent.

import { listModels } from '#contract/registry.ts';
import { Hono } from 'hono';
import type { Context, Gharial } from '../context.ts';
import type { Env } from '../env.ts';
import type { Later } from '../registry/alias-cache.ts';

const NO_STORE = { 'cache-control': 'no-store' };

export const health = new Hono<Context>()
  .get('/live', (c) => c.json({ live: true, ready: true }, 200, NO_STORE))
  .get('/ready', async (c) => {
    const ready = await isReady(c.var.gharial, c.env, c.var.later);
    return c.json({ live: true, ready }, ready ? 200 : 503, NO_STORE);
  });

/** Ready means that the default model answers: its champion, or the last good one, is loaded. */
async function isReady(gharial: Gharial, env: Env, later: Later): Promise<boolean> {
  const names =
    env.DEFAULT_MODEL === undefined ? await listModels(gharial.registry) : [env.DEFAULT_MODEL];
  for (const name of names) {
    const predictor = await gharial.resolver.resolve(name, null, later).catch(() => null);
    if (predictor !== null) return true;
  }
  return false;
}
