// POST /v1/models/{model}/predict

import { Hono } from 'hono';
import type { Context } from '../context.ts';
import { formatPrediction, parseRows } from '../http/predict-body.ts';
import { readJson } from '../http/read-body.ts';
import { encodeRows, infer, noFindings } from '../inference/predictor.ts';
import { MAX_BODY_BYTES } from '../limits.ts';

export const predict = new Hono<Context>().post('/:model/predict', async (c) => {
  const rows = parseRows(await readJson(c.req.raw, MAX_BODY_BYTES));
  // From here to the answer nothing waits: a session that was resolved cannot be released meanwhile.
  const predictor = await c.var.gharial.resolver.resolve(c.req.param('model'), null, c.var.later);
  const findings = noFindings();
  const features = encodeRows(predictor.encoder, rows, '/rows', findings);
  const inference = infer(predictor, features, rows.length, findings);
  const body = formatPrediction(predictor.manifest, c.var.requestId, inference);
  return c.body(body, 200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
});
