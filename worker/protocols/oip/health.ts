// GET /v2/health/live, GET /v2/health/ready (Open Inference Protocol). One client reads `live`, another `ready`: both are sent.

import { Hono } from 'hono';
import type { Context } from '../../context.ts';
import { defaultModel } from '../../inference/default-model.ts';

const NO_STORE = { 'cache-control': 'no-store' };

export const health = new Hono<Context>()
  .get('/live', (c) => c.json({ live: true, ready: true }, 200, NO_STORE))
  .get('/ready', async (c) => {
    // Ready means that the default model answers: its champion, or the last good one, is loaded.
    const ready = (await defaultModel(c.env.gharial, c.env.settings, c.env.later)) !== null;
    return c.json({ live: true, ready }, ready ? 200 : 503, NO_STORE);
  });
