// 405 with Allow (RFC 9110 §15.5.6) for an address that exists and does not take the method.

import { ProblemError } from '#contract/problem.ts';
import type { Hono } from 'hono';
import type { Context } from '../context.ts';
import { errorResponse } from './error-response.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The 405 for `request`, or null when no method at all is taken at its address. */
export function methodNotAllowed(app: Hono<Context>, request: Request): Response | null {
  // The path as the routes see it: without its last slash.
  const path = app.getPath(request);
  const allowed = METHODS.filter((method) =>
    app.router.match(method, path)[0].some(([[, route]]) => route.method === method),
  );
  if (allowed.length === 0) return null;
  const detail = `${request.method} is not taken here; ${allowed.join(', ')} is`;
  const response = errorResponse(new ProblemError('method_not_allowed', detail), path);
  response.headers.set('allow', allowed.join(', '));
  return response;
}
