// Problems on the wire (RFC 9457): one table of what can go wrong, its status and its title.

import type { Fault } from './features/encode-row.ts';

export const PROBLEMS = {
  malformed_json: { status: 400, title: 'The body is not JSON' },
  invalid_request: { status: 400, title: 'The request does not fit the model' },
  tensors_only: { status: 400, title: 'This model takes tensors, not rows' },
  unknown_model: { status: 404, title: 'There is no such model' },
  unknown_version: { status: 404, title: 'There is no such version of this model' },
  no_explanation: { status: 404, title: 'This version cannot be explained' },
  unknown_route: { status: 404, title: 'There is nothing at this address' },
  method_not_allowed: { status: 405, title: 'This address does not take this method' },
  too_large: { status: 413, title: 'The request is larger than the limit' },
  unsupported_media_type: { status: 415, title: 'The body has a type this address does not read' },
  unauthorized: { status: 401, title: 'An API key is needed' },
  gate_closed: { status: 409, title: 'The gate is closed to this version' },
  conflict: { status: 409, title: 'The registry is in another state than the request supposes' },
  too_many_requests: { status: 429, title: 'Too many requests in a short time' },
  not_ready: { status: 503, title: 'The model cannot answer now' },
  internal: { status: 500, title: 'Something broke on our side' },
} as const;

export type ProblemType = keyof typeof PROBLEMS;

/** The body of an `application/problem+json` answer. */
export interface Problem {
  /** `/problems/<type>` on the server that answers: a page about it. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Each fault with the pointer of its place in the request. */
  readonly errors?: readonly Fault[];
}

/** A fault of a request, thrown anywhere below the routes and turned into an answer at the rim. */
export class ProblemError extends Error {
  readonly type: ProblemType;
  readonly errors: readonly Fault[] | undefined;

  constructor(
    type: ProblemType,
    detail: string,
    options?: ErrorOptions & { errors?: readonly Fault[] },
  ) {
    super(detail, options);
    this.name = 'ProblemError';
    this.type = type;
    this.errors = options?.errors;
  }
}

/** Faults listed in one answer; their number is said in full. */
const FAULTS_SHOWN = 100;

/** The problem of a request whose values have `faults`, at least one. */
export function invalidRequest(faults: readonly Fault[]): ProblemError {
  const [first] = faults;
  const place = first?.pointer === '' ? 'the body' : first?.pointer;
  const more = faults.length > 1 ? `, and ${faults.length - 1} more` : '';
  return new ProblemError('invalid_request', `${place} ${first?.detail}${more}`, {
    errors: faults.slice(0, FAULTS_SHOWN),
  });
}

/** The problem of a request with one fault at `pointer` (RFC 6901; empty for the body itself). */
export const invalid = (pointer: string, detail: string): ProblemError =>
  invalidRequest([{ pointer, detail }]);

export function problemOf(error: ProblemError): Problem {
  const { status, title } = PROBLEMS[error.type];
  return {
    type: `/problems/${error.type.replaceAll('_', '-')}`,
    title,
    status,
    detail: error.message,
    ...(error.errors === undefined ? {} : { errors: error.errors }),
  };
}
