// POST /v1/models/{model}/explain and …/versions/{version}/explain

import { Hono, type Context as HonoContext } from 'hono';
import type { Context } from '../../context.ts';
import { jsonResponse } from '../../http/json-response.ts';
import { readJson } from '../../http/read-body.ts';
import { MAX_BODY_BYTES } from '../../limits.ts';
import { requireTabular } from '../../inference/predictor.ts';
import { explainBody, parseExplainBody } from './explain-body.ts';

export const explain = new Hono<Context>()
  .post('/:model/explain', answer)
  .post('/:model/versions/:version/explain', answer);

async function answer(c: HonoContext<Context>): Promise<Response> {
  const { gharial, later, requestId } = c.env;
  const body = parseExplainBody(await readJson(c.req.raw, MAX_BODY_BYTES));
  const version = c.req.param('version') ?? null;
  const visitor = { request: c.req.raw, requestId };
  const model = c.req.param('model')!;
  const { manifest, headers } = requireTabular(
    await gharial.resolver.resolve(model, version, later, visitor),
  );
  const explainer = await gharial.explainers.load(manifest, later);
  // Asked for again, for the version that was found: its session may have been released in the meantime.
  const predictor = await gharial.resolver.resolve(manifest.model, manifest.version, later);
  return jsonResponse(
    c.req.raw,
    explainBody(requireTabular(predictor), explainer, body, requestId),
    headers,
  );
}
