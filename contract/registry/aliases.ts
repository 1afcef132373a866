// aliases.json: which version answers to which name, and the history of who moved what, when and why.

import { isAlias, isVersion } from './keys.ts';
import {
  own,
  parseJson,
  parseList,
  parseObject,
  parseRecord,
  parseText,
  ParseError,
} from '../shapes/parse.ts';
import { NO_TRAFFIC, parseTraffic, withoutEnded, type WithTraffic } from '../traffic/traffic.ts';

/** The alias that serves a request which names no version. */
export const CHAMPION = 'champion';

/** The version that `alias` points at; null for none. Names of Object.prototype are names like others. */
export const versionAt = (
  aliases: Readonly<Record<string, string>>,
  alias: string,
): string | null => own(aliases, alias) ?? null;

export interface Move {
  readonly action: 'promote' | 'rollback';
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly alias: string;
  /** The version it left; null for a new alias. */
  readonly from: string | null;
  readonly to: string;
  readonly by: string;
  readonly reason: string;
  /** What the gate found against it, when a person overruled that; `reason` then says why. */
  readonly overrides?: readonly string[];
}

/** A move as it is asked for; `promote` where it does not say. */
export type MoveRequest = Omit<Move, 'from' | 'action'> & { readonly action?: Move['action'] };

/** A version that is not to answer again. */
export interface Retirement {
  readonly at: string;
  readonly by: string;
  readonly reason: string;
}

export interface Aliases extends WithTraffic {
  readonly aliases: Readonly<Record<string, string>>;
  /** Oldest first. */
  readonly history: readonly Move[];
  /** By version. */
  readonly retired: Readonly<Record<string, Retirement>>;
}

export const NO_ALIASES: Aliases = { aliases: {}, history: [], retired: {}, ...NO_TRAFFIC };

/** The aliases after one move; what was there before stays in the history. Another champion ends the canary. */
export function withMove(before: Aliases, move: MoveRequest): Aliases {
  const from = versionAt(before.aliases, move.alias);
  const after: Aliases = {
    ...before,
    aliases: { ...before.aliases, [move.alias]: move.to },
    history: [...before.history, { action: 'promote', ...move, from }],
  };
  return move.alias === CHAMPION && move.to !== from ? withoutEnded(after, move.to, move) : after;
}

/**
 * The version an alias would go back to, or null. A rollback takes back what was promoted last, so that two in a row go
 * back two promotions; retired versions are passed over.
 */
export function previousVersion({ history, retired }: Aliases, alias: string): string | null {
  const stack: string[] = [];
  for (const { alias: moved, action, to } of history) {
    if (moved !== alias) continue;
    if (action === 'rollback') stack.length = stack.lastIndexOf(to) + 1;
    if (stack.at(-1) !== to) stack.push(to);
  }
  const present = stack.at(-1);
  return (
    stack.findLast((version) => version !== present && !Object.hasOwn(retired, version)) ?? null
  );
}

/** Parses aliases.json. Throws ParseError with the pointer of the first fault. */
export function parseAliases(text: string): Aliases {
  const object = parseObject(parseJson(text), '');
  const aliases = parseRecord(object.aliases, '/aliases', parseVersion);
  for (const alias of Object.keys(aliases))
    if (!isAlias(alias)) throw new ParseError('/aliases', `has a name that is no alias: ${alias}`);
  return {
    aliases,
    history: parseList(object.history, '/history', parseMove),
    retired: parseRecord(object.retired ?? {}, '/retired', parseRetirement),
    ...parseTraffic(object),
  };
}

function parseMove(value: unknown, pointer: string): Move {
  const object = parseObject(value, pointer);
  const { overrides } = object;
  return {
    action: object.action === 'rollback' ? 'rollback' : 'promote',
    at: parseText(object.at, `${pointer}/at`),
    alias: parseText(object.alias, `${pointer}/alias`),
    from: object.from === null ? null : parseVersion(object.from, `${pointer}/from`),
    to: parseVersion(object.to, `${pointer}/to`),
    by: parseText(object.by, `${pointer}/by`),
    reason: parseText(object.reason, `${pointer}/reason`),
    ...(overrides === undefined
      ? {}
      : { overrides: parseList(overrides, `${pointer}/overrides`, parseText) }),
  };
}

function parseRetirement(value: unknown, pointer: string): Retirement {
  const { at, by, reason } = parseObject(value, pointer);
  return {
    at: parseText(at, `${pointer}/at`),
    by: parseText(by, `${pointer}/by`),
    reason: parseText(reason, `${pointer}/reason`),
  };
}

function parseVersion(value: unknown, pointer: string): string {
  const version = parseText(value, pointer);
  if (!isVersion(version)) throw new ParseError(pointer, `is not a version: ${version}`);
  return version;
}
