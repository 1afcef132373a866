// POST /v1/models/{model}/predict

import { ProblemError } from '#contract/problem.ts';
import { Hono } from 'hono';
import type { Context } from '../context.ts';
import { formatPrediction, parseRows } from '../http/predict-body.ts';
import { readJson } from '../http/read-json.ts';
import { inferRows } from '../inference/predictor.ts';
import { MAX_BODY_BYTES } from '../limits.ts';

/** Faults listed in one answer; their number is said in full. */
const FAULTS_SHOWN = 100;

export const predict = new Hono<Context>().post('/:model/predict', async (c) => {
  const rows = parseRows(await readJson(c.req.raw, MAX_BODY_BYTES));
  // From here to the answer nothing waits: a session that was resolved cannot be released meanwhile.
  const predictor = await c.var.gharial.resolver.resolve(c.req.param('model'), null, c.var.later);
  const inference = inferRows(predictor, rows, '/rows');
  if ('faults' in inference) {
    const [first] = inference.faults;
    const more = inference.faults.length - 1;
    throw new ProblemError(
      'invalid_request',
      `${first!.pointer} ${first!.detail}${more > 0 ? `, and ${more} more` : ''}`,
      { errors: inference.faults.slice(0, FAULTS_SHOWN) },
    );
  }
  const body = formatPrediction(predictor.manifest, crypto.randomUUID(), inference);
  return c.body(body, 200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
});
