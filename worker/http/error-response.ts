// Errors leave the Worker here, and only here, each door in the form its clients read.

import { PROBLEMS, ProblemError, problemOf } from '#contract/problem.ts';
import { log } from '../log.ts';

interface Door {
  readonly paths: RegExp;
  readonly contentType: string;
  body(error: ProblemError): unknown;
}

const DOORS: readonly Door[] = [
  {
    // Open Inference Protocol: a charset after the type makes one client drop the message.
    paths: /^\/v2(\/|$)/,
    contentType: 'application/json',
    body: (error) => ({ error: error.message }),
  },
  {
    // MLflow's scoring server and registry, and SageMaker's container, which asks for no form.
    paths:
      /^\/(invocations|ping|health|version)$|^\/v1\/models\/[^/]+\/invocations$|^\/api\/2\.0\/mlflow(?:-artifacts)?\//,
    contentType: 'application/json',
    body: (error) => ({
      error_code: MLFLOW_CODES[PROBLEMS[error.type].status] ?? 'BAD_REQUEST',
      message: error.message,
    }),
  },
];

/** RFC 9457, for everything else. */
const PROBLEM_DOOR: Door = {
  paths: /^/,
  contentType: 'application/problem+json',
  body: problemOf,
};

const MLFLOW_CODES: Readonly<Record<number, string>> = {
  401: 'UNAUTHENTICATED',
  404: 'RESOURCE_DOES_NOT_EXIST',
  // The client then tries the other method, where it knows two.
  405: 'ENDPOINT_NOT_FOUND',
  429: 'REQUEST_LIMIT_EXCEEDED',
  500: 'INTERNAL_ERROR',
  503: 'TEMPORARILY_UNAVAILABLE',
};

/** The longer of the two periods that the platform's limits have. */
const RETRY_SECONDS = '60';

/** The answer to a request that threw `error`; anything but a ProblemError is our fault and says nothing of itself. */
export function errorResponse(error: unknown, path: string): Response {
  const known =
    error instanceof ProblemError
      ? error
      : new ProblemError('internal', 'the request was fine; try again', { cause: error });
  const { status } = PROBLEMS[known.type];
  if (status >= 500) {
    const cause = known.cause instanceof Error ? known.cause : known;
    log('request_failed', { path, problem: known.type, reason: cause.message });
  }
  const door = DOORS.find(({ paths }) => paths.test(path)) ?? PROBLEM_DOOR;
  return new Response(JSON.stringify(door.body(known)), {
    status,
    headers: {
      'content-type': door.contentType,
      'cache-control': 'no-store',
      ...(status === 429 ? { 'retry-after': RETRY_SECONDS } : {}),
    },
  });
}
