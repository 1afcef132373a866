// The API: every address it answers, in one place. Three doors, one inference behind them.

import { ProblemError } from '#contract/problem.ts';
import { Hono } from 'hono';
import { createGharial, type Context, type Surroundings } from './context.ts';
import type { Env } from './env.ts';
import { errorResponse } from './http/error-response.ts';
import { configuredManners, type MannerSettings } from './http/middleware.ts';
import { methodNotAllowed } from './http/method-not-allowed.ts';
import { identified, requestIdOf } from './http/request-id.ts';
import type { Later } from './registry/alias-cache.ts';
import { explain } from './protocols/v1/explain.ts';
import { admin } from './protocols/v1/admin.ts';
import { health } from './protocols/oip/health.ts';
import { invocations } from './protocols/mlflow/invocations.ts';
import { mlflowArtifacts } from './protocols/mlflow/artifacts.ts';
import { mlflowRegistry } from './protocols/mlflow/registry.ts';
import { models } from './protocols/v1/models.ts';
import { openapi } from './openapi/routes.ts';
import { predict, predictedModel, predictWith } from './protocols/v1/predict.ts';
import { problems } from './http/problems.ts';
import { traffic } from './protocols/v1/traffic.ts';
import { versions } from './protocols/v1/versions.ts';
import { v2 } from './protocols/oip/routes.ts';

export interface App {
  fetch(request: Request, execution: ExecutionContext): Promise<Response>;
}

/** One per isolate. */
export function createApp(env: Env, surroundings: Surroundings): App {
  const gharial = createGharial(env, surroundings);
  const routes = createRoutes(env);
  // The router makes its table when it is first asked: now, and not for the first visitor.
  routes.router.match('GET', '/');
  const isOpen = configuredManners(env).length === 0;
  return {
    fetch(request, execution) {
      const requestId = requestIdOf(request);
      const later: Later = (work) => execution.waitUntil(work);
      const bindings = { settings: env, gharial, later, requestId };
      // Nearly every request is a prediction; where nothing has to be met first, it goes past the router.
      const model = isOpen ? predictedModel(request) : null;
      if (model !== null) return predictWith(request, model, bindings);
      return identified(routes.fetch(request, bindings, execution), requestId);
    },
  };
}

/** Every address; without settings, open to all. */
export function createRoutes(settings: MannerSettings): Hono<Context> {
  const app = new Hono<Context>({ strict: false });
  for (const manner of configuredManners(settings)) app.use(manner);

  // The product's own door.
  app.route('/v1/models', models);
  app.route('/v1/models', predict);
  app.route('/v1/models', explain);
  app.route('/v1/models', versions);
  app.route('/v1/models', traffic);
  app.route('/v1/models', admin);
  app.route('/problems', problems);
  app.route('/', openapi);
  // The Open Inference Protocol: Triton's, KServe's and MLServer's clients.
  app.route('/v2/health', health);
  app.route('/v2', v2);
  // MLflow's scoring server and SageMaker's container.
  app.route('/', invocations);
  // MLflow's model registry, to read.
  app.route('/api/2.0/mlflow', mlflowRegistry);
  app.route('/api/2.0/mlflow-artifacts/artifacts', mlflowArtifacts);

  app.notFound((c) => methodNotAllowed(app, c.req.raw) ?? notFound(c.req.path));
  app.onError((error, c) => errorResponse(error, c.req.path));
  return app;
}

const notFound = (path: string): Response =>
  errorResponse(new ProblemError('unknown_route', 'nothing is at this address'), path);
