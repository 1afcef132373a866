// What a request may have to meet before its route: CORS, keys and rate limits. Each is there where it is configured, and
// costs nothing where it is not.

import { ProblemError } from '#contract/problem.ts';
import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import type { Context } from '../context.ts';
import type { Env } from '../env.ts';
import { checkApiKey, parseKeyHashes } from './api-keys.ts';

/** Health checks are open and unlimited: those who send them hold no key. The admin routes ask for a token of their own. */
const OPEN =
  /^\/(v2\/health\/|ping$|health$|version$|v1\/models\/[^/]+\/(?:aliases\/|traffic\/(?:canary|shadow)))/;

const EXPOSED = [
  'x-request-id',
  'server-timing',
  'inference-header-content-length',
  'etag',
  'x-model-name',
  'x-model-version',
  'x-model-manifest-sha256',
];

export type MannerSettings = Pick<Env, 'API_KEYS' | 'CORS_ORIGINS' | 'RATE_LIMIT'>;

/** In the order they are met. Throws for settings that cannot be read. */
export function configuredManners(settings: MannerSettings): readonly MiddlewareHandler<Context>[] {
  const origins = (settings.CORS_ORIGINS ?? '').split(/[\s,]+/).filter((origin) => origin !== '');
  const hashes = parseKeyHashes(settings.API_KEYS);
  const isGuarded = hashes.length > 0 || settings.RATE_LIMIT !== undefined;
  return [
    ...(origins.length > 0 ? [crossOrigin(origins)] : []),
    ...(isGuarded ? [admission(hashes, settings.RATE_LIMIT)] : []),
  ];
}

const crossOrigin = (origins: readonly string[]): MiddlewareHandler<Context> =>
  cors({
    origin: origins.includes('*') ? '*' : [...origins],
    allowMethods: ['GET', 'POST'],
    exposeHeaders: EXPOSED,
    maxAge: 600,
  });

/** Answers with ProblemError: unauthorized, too_many_requests. */
const admission = (
  hashes: readonly string[],
  limit: RateLimit | undefined,
): MiddlewareHandler<Context> =>
  async function admission(c, next) {
    if (!OPEN.test(c.req.path)) await admit(c.req.raw, hashes, limit);
    await next();
  };

async function admit(
  request: Request,
  hashes: readonly string[],
  limit: RateLimit | undefined,
): Promise<void> {
  const holder =
    hashes.length > 0
      ? await checkApiKey(request, hashes)
      : (request.headers.get('cf-connecting-ip') ?? 'local');
  if (limit === undefined) return;
  const { success } = await limit.limit({ key: holder });
  if (!success)
    throw new ProblemError('too_many_requests', 'the limit of requests is reached; try again soon');
}
