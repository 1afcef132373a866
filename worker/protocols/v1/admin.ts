// GET /v1/models/{model}/aliases/{alias}/gate/{version}, POST …/aliases/{alias} and …/rollback: what an operator does without
// a shell at hand.
// Nothing is at these addresses unless ADMIN_TOKEN_SHA256 is set.

import type { AliasMoved, GateAnswer } from '#contract/registry/alias-answers.ts';
import { challenge, judge } from '#contract/registry/challenge.ts';
import { objections, type Verdict } from '#contract/registry/gate.ts';
import { rollback } from '#contract/registry/life.ts';
import { isModelName } from '#contract/registry/keys.ts';
import { ProblemError } from '#contract/problem.ts';
import { Hono } from 'hono';
import type { Context } from '../../context.ts';
import { checkAdminToken } from '../../http/admin-token.ts';
import { parseAliasBody, parseRollbackBody } from './alias-body.ts';
import { readJson } from '../../http/read-body.ts';
import { registryProblem } from '../../http/registry-problem.ts';

const MAX_BYTES = 65_536;
const NO_STORE = { 'cache-control': 'no-store' };

export const admin = new Hono<Context>()
  .get('/:model/aliases/:alias/gate/:version', async (c) => {
    const { gharial, later, settings } = c.env;
    await checkAdminToken(c.req.raw, settings.ADMIN_TOKEN_SHA256);
    const { model, alias, version } = c.req.param();
    await gharial.resolver.manifest(model, version, later);
    const request = { alias, to: version };
    const { from, verdict } = await judge(gharial.registry, model, request).catch(registryProblem);
    return c.json({ model, alias, version, from, verdict } satisfies GateAnswer, 200, NO_STORE);
  })
  .post('/:model/aliases/:alias', async (c) => {
    const { gharial, later, settings } = c.env;
    const by = await checkAdminToken(c.req.raw, settings.ADMIN_TOKEN_SHA256);
    const { model, alias } = c.req.param();
    const { to, ...body } = parseAliasBody(await readJson(c.req.raw, MAX_BYTES));
    await gharial.resolver.manifest(model, to, later);
    const request = { ...body, alias, to, by, at: new Date().toISOString() };
    const { verdict, move } = await challenge(gharial.registry, model, request).catch(
      registryProblem,
    );
    if (verdict !== null && move === null) throw gateClosed(verdict);
    gharial.aliases.forget(model);
    const answer: AliasMoved = { model, alias, version: to, move, verdict };
    return c.json(answer, 200, NO_STORE);
  })
  .post('/:model/aliases/:alias/rollback', async (c) => {
    const { gharial, settings } = c.env;
    const by = await checkAdminToken(c.req.raw, settings.ADMIN_TOKEN_SHA256);
    const { model, alias } = c.req.param();
    const body = parseRollbackBody(await readJson(c.req.raw, MAX_BYTES));
    if (!isModelName(model)) throw new ProblemError('unknown_model', 'that is no model name');
    const request = { ...body, alias, by, at: new Date().toISOString() };
    const move = await rollback(gharial.registry, model, request).catch(registryProblem);
    gharial.aliases.forget(model);
    const answer: AliasMoved = { model, alias, version: move.to, move, verdict: null };
    return c.json(answer, 200, NO_STORE);
  });

function gateClosed(verdict: Verdict): ProblemError {
  const errors = verdict.reasons
    .filter(({ passed }) => !passed)
    .map(({ rule, detail }) => ({ pointer: '/version', detail: `${rule}: ${detail}` }));
  return new ProblemError('gate_closed', objections(verdict).join('; '), { errors });
}
