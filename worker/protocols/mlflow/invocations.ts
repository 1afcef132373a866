// /invocations, /ping, /health, /version: MLflow's scoring server and SageMaker's container contract, for the default model;
// /v1/models/{model}/invocations for any.

import { ProblemError } from '#contract/problem.ts';
import { Hono, type Context as HonoContext } from 'hono';
import type { Context } from '../../context.ts';
import { jsonResponse } from '../../http/json-response.ts';
import { parseJsonBody, decodeText, readBytes } from '../../http/read-body.ts';
import { defaultModel } from '../../inference/default-model.ts';
import { inferColumns } from '../../inference/infer-rows.ts';
import { noFindings, requireTabular } from '../../inference/predictor.ts';
import { MAX_BODY_BYTES } from '../../limits.ts';
import { parseCsvDataframe } from './parse-csv-dataframe.ts';
import { parseInvocation, type Invocation } from './parse-invocation.ts';
import { formatPredictions } from './format-predictions.ts';
import { placeColumns } from './place-columns.ts';
import { VERSION } from '../../version.ts';

type RouteContext = HonoContext<Context>;

const JSON_TYPES = ['application/json'];
const CSV_TYPES = ['text/csv', 'application/csv'];

export const invocations = new Hono<Context>();

for (const path of ['/ping', '/health'])
  invocations.get(path, async (c) => {
    const name = await defaultModel(c.env.gharial, c.env.settings, c.env.later);
    return c.text('\n', name === null ? 404 : 200);
  });

invocations.get('/version', (c) => c.text(VERSION));

invocations.post('/invocations', async (c) => {
  const name = await defaultModel(c.env.gharial, c.env.settings, c.env.later);
  if (name === null)
    throw new ProblemError('not_ready', 'no model has a champion yet: run "npm run trainer"');
  return invoke(c, name);
});

invocations.post('/v1/models/:model/invocations', (c) => invoke(c, c.req.param('model')));

async function invoke(c: RouteContext, model: string): Promise<Response> {
  const invocation = await readInvocation(c.req.raw);
  const { gharial, later, requestId } = c.env;
  const visitor = { request: c.req.raw, requestId };
  const predictor = requireTabular(await gharial.resolver.resolve(model, null, later, visitor));
  const columns = placeColumns(predictor.manifest.signature, invocation);
  const inference = inferColumns(predictor, columns, noFindings());
  return jsonResponse(
    c.req.raw,
    formatPredictions(predictor.manifest, inference, invocation.method),
    predictor.headers,
  );
}

/** Throws ProblemError: unsupported_media_type for a type that is neither JSON nor CSV, or a charset but UTF-8. */
async function readInvocation(request: Request): Promise<Invocation> {
  const [type = '', ...parameters] = (request.headers.get('content-type') ?? '')
    .split(';')
    .map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  if (charset !== undefined && !/^charset="?utf-?8"?$/.test(charset))
    throw new ProblemError('unsupported_media_type', 'the charset must be utf-8');
  if (CSV_TYPES.includes(type))
    return parseCsvDataframe(decodeText(await readBytes(request, MAX_BODY_BYTES)));
  if (JSON_TYPES.includes(type))
    return parseInvocation(parseJsonBody(await readBytes(request, MAX_BODY_BYTES)));
  const accepted = [...CSV_TYPES, JSON_TYPES[0]].join(', ');
  throw new ProblemError('unsupported_media_type', `the Content-Type must be one of ${accepted}`);
}
