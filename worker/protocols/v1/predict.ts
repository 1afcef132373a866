// POST /v1/models/{model}/predict and …/versions/{version}/predict

import { ProblemError } from '#contract/problem.ts';
import { Hono, type Context as HonoContext } from 'hono';
import type { Context } from '../../context.ts';
import {
  formatPrediction,
  parsePredictBody,
  placePredictColumns,
  type PredictBody,
} from './predict-body.ts';
import { predictStream, STREAM_FORMS, type StreamForm } from './predict-stream.ts';
import { readJson, unpackedStream } from '../../http/read-body.ts';
import { textStream } from '../../http/text-stream.ts';
import { errorResponse } from '../../http/error-response.ts';
import { jsonResponse } from '../../http/json-response.ts';
import { answerHeaders, identified } from '../../http/request-id.ts';
import { serverTiming } from '../../http/server-timing.ts';
import { inferColumns, inferRows } from '../../inference/infer-rows.ts';
import {
  noFindings,
  type Inference,
  requireTabular,
  type TabularPredictor,
} from '../../inference/predictor.ts';
import { MAX_BODY_BYTES } from '../../limits.ts';

type RouteContext = HonoContext<Context>;
type Bindings = Context['Bindings'];

export const predict = new Hono<Context>()
  .post('/:model/predict', answer)
  .post('/:model/versions/:version/predict', answer);

async function answer(c: RouteContext): Promise<Response> {
  const form = streamFormOf(c.req.raw);
  if (form !== null) return answerStream(c, form);
  return answerAtOnce(c.req.raw, addressOf(c), c.env);
}

const PREDICT = /^https?:\/\/[^/?#]+\/v1\/models\/([a-z0-9-]+)\/predict$/;

/** The model that `request` asks for a prediction at once, without the router's help; null for any other request. */
export function predictedModel(request: Request): string | null {
  const model = request.method === 'POST' ? PREDICT.exec(request.url)?.[1] : undefined;
  return model === undefined || streamFormOf(request) !== null ? null : model;
}

/** The answer to a request that `predictedModel` knows, as the router would have had it. */
export async function predictWith(
  request: Request,
  model: string,
  bindings: Bindings,
): Promise<Response> {
  try {
    return await answerAtOnce(request, { model, version: null }, bindings);
  } catch (error) {
    const response = errorResponse(error, `/v1/models/${model}/predict`);
    return identified(response, bindings.requestId);
  }
}

interface Address {
  readonly model: string;
  /** A version or an alias; null for whatever answers now. */
  readonly version: string | null;
}

const addressOf = (c: RouteContext): Address => ({
  model: c.req.param('model')!,
  version: c.req.param('version') ?? null,
});

async function answerAtOnce(
  request: Request,
  { model, version }: Address,
  { gharial: { resolver }, later, requestId }: Bindings,
): Promise<Response> {
  const body = parsePredictBody(await readJson(request, MAX_BODY_BYTES));
  const started = performance.now();
  // From here to the answer nothing waits: a session that was resolved cannot be released meanwhile.
  const predictor = requireTabular(
    (version === null ? resolver.atHand(model) : null) ??
      (await resolver.resolve(model, version, later, { request, requestId })),
  );
  const loadMilliseconds = performance.now() - started;
  const inference = inferBody(predictor, body);
  const text = formatPrediction(predictor, requestId, inference);
  const timing = serverTiming(loadMilliseconds, inference.runMilliseconds);
  return jsonResponse(request, text, {
    ...predictor.headers,
    ...answerHeaders(requestId),
    'server-timing': timing,
  });
}

function streamFormOf({ headers }: Request): StreamForm | null {
  const type = headers.get('content-type');
  if (type === null || type === 'application/json') return null;
  return STREAM_FORMS.get(type.split(';')[0]!.trim().toLowerCase()) ?? null;
}

function inferBody(predictor: TabularPredictor, body: PredictBody): Inference {
  if ('rows' in body) return inferRows(predictor, body.rows, '/rows', noFindings());
  const columns = placePredictColumns(predictor.manifest.signature, body.columns);
  return inferColumns(predictor, columns, noFindings());
}

/** The version is settled by the first row: a promotion in the midst of a stream does not change its answers. */
async function answerStream(c: RouteContext, form: StreamForm): Promise<Response> {
  const { later, gharial, requestId } = c.env;
  const { model, version } = addressOf(c);
  const visitor = { request: c.req.raw, requestId };
  const found = await gharial.resolver.resolve(model, version, later, visitor);
  const { manifest, headers } = requireTabular(found);
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
