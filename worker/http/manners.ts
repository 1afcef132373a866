// What every request meets before its route, and every answer after it: an id, keys and rate limits where they are
// configured, CORS, and headers that belong on everything.

import { ProblemError } from '#contract/problem.ts';
import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import type { Context } from '../context.ts';
import type { Env } from '../env.ts';
import { checkApiKey, parseKeyHashes } from './api-keys.ts';
import { REQUEST_ID_HEADER, requestIdOf } from './request-id.ts';

/** Health checks are open and unlimited: those who send them hold no key. */
const OPEN = /^\/(v2\/health\/|ping$|health$|version$)/;

const EXPOSED = ['x-request-id', 'server-timing', 'inference-header-content-length', 'etag'];

export const requestId: MiddlewareHandler<Context> = async function requestId(c, next) {
  const id = requestIdOf(c.req.raw);
  c.set('requestId', id);
  await next();
  c.res.headers.set(REQUEST_ID_HEADER, id);
  c.res.headers.set('x-content-type-options', 'nosniff');
};

export const crossOrigin: MiddlewareHandler<Context> = async function crossOrigin(c, next) {
  const origins = (c.env.CORS_ORIGINS ?? '').split(/[\s,]+/).filter((origin) => origin !== '');
  if (origins.length === 0) return next();
  const apply = cors({
    origin: origins.includes('*') ? '*' : [...origins],
    allowMethods: ['GET', 'POST'],
    exposeHeaders: EXPOSED,
    maxAge: 600,
  });
  return apply(c, next);
};

export const admission: MiddlewareHandler<Context> = async function admission(c, next) {
  if (!OPEN.test(c.req.path)) await admit(c.req.raw, c.env);
  await next();
};

/** Throws ProblemError: unauthorized, too_many_requests. */
async function admit(request: Request, env: Env): Promise<void> {
  const hashes = parseKeyHashes(env.API_KEYS);
  const holder =
    hashes.length > 0
      ? await checkApiKey(request, hashes)
      : (request.headers.get('cf-connecting-ip') ?? 'local');
  if (env.RATE_LIMIT === undefined) return;
  const { success } = await env.RATE_LIMIT.limit({ key: holder });
  if (!success)
    throw new ProblemError('too_many_requests', 'the limit of requests is reached; try again soon');
}
