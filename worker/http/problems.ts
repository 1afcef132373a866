// GET /problems/{type}: what a problem's `type` points at.

import { PROBLEMS, ProblemError, type ProblemType } from '#contract/problem.ts';
import { Hono } from 'hono';
import type { Context } from '../context.ts';

export const problems = new Hono<Context>().get('/:type', (c) => {
  const name = c.req.param('type').replaceAll('-', '_');
  if (!Object.hasOwn(PROBLEMS, name))
    throw new ProblemError('unknown_route', `there is no problem called ${c.req.param('type')}`);
  const { status, title } = PROBLEMS[name as ProblemType];
  return c.json({ type: c.req.path, title, status }, 200, {
    'cache-control': 'public, max-age=3600',
  });
});
