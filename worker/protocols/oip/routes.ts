// /v2: the Open Inference Protocol. Everything about a model is there with and without /versions/{version}.

import type { TabularManifest } from '#contract/manifest.ts';
import { invalid, ProblemError } from '#contract/problem.ts';
import { listModels, listVersions } from '#contract/registry/registry.ts';
import { Hono, type Context as HonoContext } from 'hono';
import type { Context } from '../../context.ts';
import { jsonResponse } from '../../http/json-response.ts';
import { parseJsonBody, readBytes } from '../../http/read-body.ts';
import { requireTabular, type Predictor } from '../../inference/predictor.ts';
import { MAX_BODY_BYTES, MAX_ROWS } from '../../limits.ts';
import { modelConfig, modelMetadata } from './describe-model.ts';
import { asksForExplanation } from './explanation-outputs.ts';
import { encodeAnswer, JSON_LENGTH_HEADER } from './infer-response.ts';
import { inferNamedTensors } from './infer-named-tensors.ts';
import type { InferAnswer } from './infer-response.ts';
import { inferTensors } from './infer-tensors.ts';
import { modelStatistics } from './model-statistics.ts';
import { parseInferRequest, type InferRequest } from './parse-infer-request.ts';
import { rawRequest } from './raw-request.ts';
import { repositoryIndex } from './repository-index.ts';
import { NAME, VERSION } from '../../version.ts';

/** Only what is real: each of these is answered here. */
const EXTENSIONS = [
  'binary_tensor_data',
  'classification',
  'model_configuration',
  'parameters',
  'statistics',
];

type RouteContext = HonoContext<Context>;

const resolve = (c: RouteContext): Promise<Predictor> =>
  c.env.gharial.resolver.resolve(
    c.req.param('model')!,
    c.req.param('version') ?? null,
    c.env.later,
    { request: c.req.raw, requestId: c.env.requestId },
  );

const metadata = (c: RouteContext): Response =>
  c.json({ name: NAME, version: VERSION, extensions: EXTENSIONS });

export const v2 = new Hono<Context>().get('/', metadata);

v2.get('/models', async (c) => c.json({ models: await listModels(c.env.gharial.registry) }));

v2.post('/repository/index', async (c) => {
  const bytes = await readBytes(c.req.raw, MAX_BODY_BYTES);
  const body = bytes.length === 0 ? {} : parseIndexRequest(parseJsonBody(bytes));
  return c.json(await repositoryIndex(c.env.gharial, body.ready ?? false));
});

for (const base of ['/models/:model', '/models/:model/versions/:version']) {
  v2.get(base, async (c) => {
    const { manifest } = await resolve(c);
    const versions = await listVersions(c.env.gharial.registry, manifest.model);
    return c.json(modelMetadata(manifest, versions));
  });

  v2.get(`${base}/ready`, async (c) => {
    const { manifest } = await resolve(c);
    return c.json({ name: manifest.model, version: manifest.version, ready: true });
  });

  v2.get(`${base}/config`, async (c) => c.json(modelConfig((await resolve(c)).manifest, MAX_ROWS)));

  v2.get(`${base}/stats`, async (c) =>
    c.json({ model_stats: [modelStatistics(await resolve(c))] }),
  );

  v2.post(`${base}/infer`, async (c) => {
    const bytes = await readBytes(c.req.raw, MAX_BODY_BYTES);
    const announced = parseJsonLength(c.req.header(JSON_LENGTH_HEADER), bytes.length);
    const parsed = announced === 0 ? null : parseInferRequest(bytes, announced);
    const found = await resolve(c);
    const request = parsed ?? rawRequest(found, bytes);
    const answer = await inferAny(c, found, request);
    const { body, headers } = encodeAnswer(answer);
    if (typeof body === 'string') return jsonResponse(c.req.raw, body, found.headers);
    return new Response(body as Uint8Array<ArrayBuffer>, {
      headers: { ...headers, ...found.headers, 'cache-control': 'no-store' },
    });
  });
}

/** Runs before anything waits: the session that was found cannot be released meanwhile. */
function inferAny(
  c: RouteContext,
  predictor: Predictor,
  request: InferRequest,
): InferAnswer | Promise<InferAnswer> {
  const { requestId: id } = c.env;
  if (predictor.encoder === null) return inferNamedTensors(predictor, request, id);
  if (asksForExplanation(predictor.manifest, request))
    return inferExplained(c, predictor.manifest, request);
  return inferTensors(predictor, request, { id, explainer: null });
}

/** The session is asked for last: it may be released while anything else is read. */
async function inferExplained(
  c: RouteContext,
  manifest: TabularManifest,
  request: InferRequest,
): Promise<InferAnswer> {
  const { gharial, later, requestId: id } = c.env;
  const { explainer } = await gharial.explainers.load(manifest, later);
  const predictor = await gharial.resolver.resolve(manifest.model, manifest.version, later);
  return inferTensors(requireTabular(predictor), request, { id, explainer });
}

function parseIndexRequest(value: unknown): { ready?: boolean } {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid('', 'must be an object');
  const { ready } = value as { readonly ready?: unknown };
  if (ready !== undefined && typeof ready !== 'boolean')
    throw invalid('/ready', 'must be true or false');
  return ready === undefined ? {} : { ready };
}

/** Without the header the whole body is JSON; with 0 none of it is. */
function parseJsonLength(header: string | undefined, length: number): number {
  if (header === undefined) return length;
  const announced = Number(header);
  if (!/^[0-9]{1,15}$/.test(header.trim()))
    throw new ProblemError('invalid_request', `${JSON_LENGTH_HEADER} must be a number of bytes`);
  return announced;
}
