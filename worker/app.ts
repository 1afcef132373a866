// The API: every address it answers, in one place. Three doors will share one inference; this is the first.

import { ProblemError } from '#contract/problem.ts';
import { Hono } from 'hono';
import { createGharial, type Context, type Gharial } from './context.ts';
import { methodNotAllowed } from './http/method-not-allowed.ts';
import { problemResponse } from './http/problem-response.ts';
import { health } from './routes/health.ts';
import { models } from './routes/models.ts';
import { predict } from './routes/predict.ts';
import { problems } from './routes/problems.ts';

/** `now` answers milliseconds since the epoch. */
export function createApp(now: () => number): Hono<Context> {
  const app = new Hono<Context>();
  const isolates = new WeakMap<R2Bucket, Gharial>();

  app.use(async function shareIsolateState(c, next) {
    let gharial = isolates.get(c.env.MODELS);
    if (gharial === undefined) {
      gharial = createGharial(c.env.MODELS, now);
      isolates.set(c.env.MODELS, gharial);
    }
    c.set('gharial', gharial);
    c.set('later', (work) => c.executionCtx.waitUntil(work));
    await next();
  });

  app.route('/v1/models', models);
  app.route('/v1/models', predict);
  app.route('/v2/health', health);
  app.route('/problems', problems);

  app.notFound((c) => methodNotAllowed(app, c.req.raw) ?? notFound(c.req.path));
  app.onError((error, c) => problemResponse(error, c.req.path));
  return app;
}

const notFound = (path: string): Response =>
  problemResponse(new ProblemError('unknown_route', 'nothing is at this address'), path);
