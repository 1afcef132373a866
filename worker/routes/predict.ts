// POST /v1/models/{model}/predict and …/versions/{version}/predict

import { ProblemError } from '#contract/problem.ts';
import { Hono, type Context as HonoContext } from 'hono';
import type { Context } from '../context.ts';
import {
  formatPrediction,
  parsePredictBody,
  placePredictColumns,
  type PredictBody,
} from '../v1/predict-body.ts';
import { predictStream, STREAM_FORMS, type StreamForm } from '../v1/predict-stream.ts';
import { readJson, unpackedStream } from '../http/read-body.ts';
import { textStream } from '../http/text-stream.ts';
import { jsonResponse } from '../http/json-response.ts';
import { serverTiming } from '../http/server-timing.ts';
import {
  encodeColumns,
  encodeRows,
  infer,
  noFindings,
  type Inference,
  requireTabular,
  type Predictor,
  type TabularPredictor,
} from '../inference/predictor.ts';
import { MAX_BODY_BYTES } from '../limits.ts';

type RouteContext = HonoContext<Context>;

export const predict = new Hono<Context>()
  .post('/:model/predict', answer)
  .post('/:model/versions/:version/predict', answer);

async function answer(c: RouteContext): Promise<Response> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
  const form = STREAM_FORMS.get(type);
  return form === undefined ? answerAtOnce(c) : answerStream(c, form);
}

async function answerAtOnce(c: RouteContext): Promise<Response> {
  const body = parsePredictBody(await readJson(c.req.raw, MAX_BODY_BYTES));
  const started = performance.now();
  // From here to the answer nothing waits: a session that was resolved cannot be released meanwhile.
  const predictor = requireTabular(await resolve(c));
  const loadMilliseconds = performance.now() - started;
  const inference = inferBody(predictor, body);
  const text = formatPrediction(predictor, c.env.requestId, inference);
  const timing = serverTiming(loadMilliseconds, inference.runMilliseconds);
  return jsonResponse(c.req.raw, text, { ...predictor.headers, 'server-timing': timing });
}

function inferBody(predictor: TabularPredictor, body: PredictBody): Inference {
  const { encoder, manifest } = predictor;
  const findings = noFindings();
  if ('rows' in body) {
    const features = encodeRows(encoder, body.rows, '/rows', findings);
    return infer(predictor, features, body.rows.length, findings);
  }
  const columns = placePredictColumns(manifest.signature, body.columns);
  return infer(predictor, encodeColumns(encoder, columns, findings), columns.rows, findings);
}

/** The version is settled by the first row: a promotion in the midst of a stream does not change its answers. */
async function answerStream(c: RouteContext, form: StreamForm): Promise<Response> {
  const { manifest, headers } = requireTabular(await resolve(c));
  const { later, gharial } = c.env;
  const body = unpackedStream(c.req.raw);
  if (body === null) throw new ProblemError('invalid_request', 'the body is empty');
  const lines = predictStream(body, form, manifest.signature, () =>
    gharial.resolver.resolve(manifest.model, manifest.version, later),
  );
  return c.body(textStream(lines), 200, {
    'content-type': form.contentType,
    'cache-control': 'no-store',
    'x-model-name': manifest.model,
    ...headers,
  });
}

const resolve = (c: RouteContext): Promise<Predictor> =>
  c.env.gharial.resolver.resolve(
    c.req.param('model')!,
    c.req.param('version') ?? null,
    c.env.later,
    { request: c.req.raw, requestId: c.env.requestId },
  );
