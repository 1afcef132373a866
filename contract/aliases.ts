// aliases.json: which version answers to which name, and the history of who moved what, when and why.

import { isAlias, isVersion } from './keys.ts';
import { parseJson, parseList, parseObject, parseRecord, parseText, ParseError } from './parse.ts';

/** The alias that serves a request which names no version. */
export const CHAMPION = 'champion';

export interface Move {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly alias: string;
  /** The version it left; null for a new alias. */
  readonly from: string | null;
  readonly to: string;
  readonly by: string;
  readonly reason: string;
}

export interface Aliases {
  readonly aliases: Readonly<Record<string, string>>;
  /** Oldest first. */
  readonly history: readonly Move[];
}

export const NO_ALIASES: Aliases = { aliases: {}, history: [] };

/** The aliases after one move; what was there before stays in the history. */
export function withMove(before: Aliases, move: Omit<Move, 'from'>): Aliases {
  const from = before.aliases[move.alias] ?? null;
  return {
    aliases: { ...before.aliases, [move.alias]: move.to },
    history: [...before.history, { ...move, from }],
  };
}

/** Parses aliases.json. Throws ParseError with the pointer of the first fault. */
export function parseAliases(text: string): Aliases {
  const object = parseObject(parseJson(text), '');
  const aliases = parseRecord(object.aliases, '/aliases', parseVersion);
  for (const alias of Object.keys(aliases))
    if (!isAlias(alias)) throw new ParseError('/aliases', `has a name that is no alias: ${alias}`);
  return { aliases, history: parseList(object.history, '/history', parseMove) };
}

function parseMove(value: unknown, pointer: string): Move {
  const object = parseObject(value, pointer);
  return {
    at: parseText(object.at, `${pointer}/at`),
    alias: parseText(object.alias, `${pointer}/alias`),
    from: object.from === null ? null : parseVersion(object.from, `${pointer}/from`),
    to: parseVersion(object.to, `${pointer}/to`),
    by: parseText(object.by, `${pointer}/by`),
    reason: parseText(object.reason, `${pointer}/reason`),
  };
}

function parseVersion(value: unknown, pointer: string): string {
  const version = parseText(value, pointer);
  if (!isVersion(version)) throw new ParseError(pointer, `is not a version: ${version}`);
  return version;
}
