// What the registry refuses, as a problem of the request.

import { ProblemError } from '#contract/problem.ts';
import { ConflictError, IntegrityError, RefusalError } from '#contract/registry/registry.ts';

/** Throws: a conflict for what cannot be done now, not_ready for what is damaged, and anything else as it is. */
export function registryProblem(cause: unknown): never {
  if (cause instanceof ConflictError || cause instanceof RefusalError)
    throw new ProblemError('conflict', cause.message, { cause });
  if (cause instanceof IntegrityError)
    throw new ProblemError('not_ready', cause.message, { cause });
  throw cause;
}
