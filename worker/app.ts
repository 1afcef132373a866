// The API: every address it answers, in one place. Three doors, one inference behind them.

import { ProblemError } from '#contract/problem.ts';
import { Hono } from 'hono';
import { createGharial, type Context, type Gharial } from './context.ts';
import { errorResponse } from './http/error-response.ts';
import { admission, crossOrigin, requestId } from './http/manners.ts';
import { methodNotAllowed } from './http/method-not-allowed.ts';
import { explain } from './routes/explain.ts';
import { health } from './routes/health.ts';
import { invocations } from './routes/invocations.ts';
import { models } from './routes/models.ts';
import { openapi } from './routes/openapi.ts';
import { predict } from './routes/predict.ts';
import { problems } from './routes/problems.ts';
import { versions } from './routes/versions.ts';
import { v2 } from './routes/v2.ts';

/** `now` answers milliseconds since the epoch. */
export function createApp(now: () => number): Hono<Context> {
  const app = new Hono<Context>({ strict: false });
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
  app.use(requestId, crossOrigin, admission);

  // The product's own door.
  app.route('/v1/models', models);
  app.route('/v1/models', predict);
  app.route('/v1/models', explain);
  app.route('/v1/models', versions);
  app.route('/problems', problems);
  app.route('/', openapi);
  // The Open Inference Protocol: Triton's, KServe's and MLServer's clients.
  app.route('/v2/health', health);
  app.route('/v2', v2);
  // MLflow's scoring server and SageMaker's container.
  app.route('/', invocations);

  app.notFound((c) => methodNotAllowed(app, c.req.raw) ?? notFound(c.req.path));
  app.onError((error, c) => errorResponse(error, c.req.path));
  return app;
}

const notFound = (path: string): Response =>
  errorResponse(new ProblemError('unknown_route', 'nothing is at this address'), path);
