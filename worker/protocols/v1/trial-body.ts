// The bodies of the admin routes for a canary and a shadow.

import { DEFAULT_GUARDRAIL, parseGuardrail, type Guardrail } from '#contract/traffic/guardrail.ts';
import { ParseError } from '#contract/shapes/parse.ts';
import { invalid } from '#contract/problem.ts';
import { parsePercent, parseTolerance } from '#contract/traffic/traffic.ts';
import { parseFields, parseReason, parseVersion } from './alias-body.ts';

export interface TrialBody {
  /** Null: the trial ends. */
  readonly version: string | null;
  readonly reason: string;
  /** Percent. */
  readonly sample: number;
  readonly tolerance?: number;
}

export interface CanaryBody extends TrialBody {
  /** Percent. */
  readonly weight: number;
  readonly guardrail: Guardrail;
}

const TRIAL = ['version', 'reason', 'sample', 'tolerance'];

/** `{version, reason, sample?, tolerance?}`. Throws ProblemError: invalid_request. */
export const parseShadowBody = (body: unknown): TrialBody => parseTrial(parseFields(body, TRIAL));

/** As a shadow's, and `{weight, guardrail?}`; a canary that ends needs no weight. */
export function parseCanaryBody(body: unknown): CanaryBody {
  const object = parseFields(body, [...TRIAL, 'weight', 'guardrail']);
  const { weight, guardrail } = object;
  const trial = parseTrial(object);
  return {
    ...trial,
    weight: trial.version === null ? 0 : parsed(() => parsePercent(weight, '/weight')),
    guardrail:
      guardrail === undefined
        ? DEFAULT_GUARDRAIL
        : parsed(() => parseGuardrail(guardrail, '/guardrail')),
  };
}

function parseTrial({ version, reason, sample, tolerance }: Record<string, unknown>): TrialBody {
  return {
    version: version === null ? null : parseVersion(version, '/version'),
    reason: parseReason(reason, '/reason'),
    sample: sample === undefined ? 100 : parsed(() => parsePercent(sample, '/sample')),
    ...(tolerance !== undefined && {
      tolerance: parsed(() => parseTolerance(tolerance, '/tolerance')),
    }),
  };
}

function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    if (cause instanceof ParseError) throw invalid(cause.pointer, cause.fault);
    throw cause;
  }
}
