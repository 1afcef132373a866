// GET /openapi.json for the default model, GET /v1/models/{model}/openapi.json for any.

import { Hono } from 'hono';
import type { Context } from '../context.ts';
import { defaultModel } from '../inference/default-model.ts';
import { openApiDocument } from './document.ts';

const SECONDS = { 'cache-control': 'public, max-age=2' };

export const openapi = new Hono<Context>()
  .get('/openapi.json', async (c) => {
    const { gharial, settings, later } = c.env;
    const name = await defaultModel(gharial, settings, later);
    if (name === null) return c.json(openApiDocument(null), 200, SECONDS);
    const { manifest } = await gharial.resolver.resolve(name, null, later);
    return c.json(openApiDocument(manifest), 200, SECONDS);
  })
  .get('/v1/models/:model/openapi.json', async (c) => {
    const { gharial, later } = c.env;
    const { manifest } = await gharial.resolver.resolve(c.req.param('model'), null, later);
    return c.json(openApiDocument(manifest), 200, SECONDS);
  });
