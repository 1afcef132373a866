// The bodies of the admin routes: unknown JSON → what was asked for, or a problem that says where.

import { isVersion } from '#contract/registry/keys.ts';
import { invalid } from '#contract/problem.ts';

export interface AliasBody {
  readonly to: string;
  readonly reason: string;
  readonly override?: string;
  readonly acceptSignatureChange: boolean;
  /** Where the alias was when that was decided; null for nowhere. */
  readonly expected?: string | null;
}

export interface RollbackBody {
  readonly reason: string;
  readonly expected?: string;
}

/** `{version, reason, from?, override?, accept_signature_change?}`. Throws ProblemError: invalid_request. */
export function parseAliasBody(body: unknown): AliasBody {
  const object = parseFields(body, [
    'version',
    'reason',
    'from',
    'override',
    'accept_signature_change',
  ]);
  const { version, from, override, accept_signature_change: accept = false } = object;
  if (typeof accept !== 'boolean')
    throw invalid('/accept_signature_change', 'must be true or false');
  return {
    to: parseVersion(version, '/version'),
    reason: parseReason(object.reason, '/reason'),
    ...(override !== undefined && { override: parseReason(override, '/override') }),
    acceptSignatureChange: accept,
    ...(from !== undefined && { expected: from === null ? null : parseVersion(from, '/from') }),
  };
}

/** `{reason, from?}`. Throws ProblemError: invalid_request. */
export function parseRollbackBody(body: unknown): RollbackBody {
  const { reason, from } = parseFields(body, ['reason', 'from']);
  return {
    reason: parseReason(reason, '/reason'),
    ...(from !== undefined && { expected: parseVersion(from, '/from') }),
  };
}

/** Throws ProblemError: invalid_request. */
export function parseVersion(value: unknown, pointer: string): string {
  if (typeof value !== 'string' || !isVersion(value))
    throw invalid(pointer, 'must be a version such as "1"');
  return value;
}

/** Throws ProblemError: invalid_request. */
export function parseFields(body: unknown, known: readonly string[]): Record<string, unknown> {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw invalid('', 'must be an object');
  const stranger = Object.keys(body).find((key) => !known.includes(key));
  if (stranger !== undefined)
    throw invalid('', `has a field that is not known: ${stranger.slice(0, 80)}`);
  return body as Record<string, unknown>;
}

/** Throws ProblemError: invalid_request. */
export function parseReason(value: unknown, pointer: string): string {
  if (typeof value !== 'string' || value.trim() === '' || value.length > 1000)
    throw invalid(pointer, 'must be a text of 1 to 1000 characters');
  return value;
}
