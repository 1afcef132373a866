// Errors leave the Worker here, and only here, as RFC 9457 problems.

import { ProblemError, problemOf } from '#contract/problem.ts';
import { log } from '../log.ts';

/** The answer to a request that threw `error`; anything but a ProblemError is our fault and says nothing of itself. */
export function problemResponse(error: unknown, path: string): Response {
  const known =
    error instanceof ProblemError
      ? error
      : new ProblemError('internal', 'the request was fine; try again', { cause: error });
  const problem = problemOf(known);
  if (problem.status >= 500) {
    const cause = known.cause instanceof Error ? known.cause : known;
    log('request_failed', { path, problem: known.type, reason: cause.message });
  }
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  });
}
