// Traffic: which versions besides the champion are asked, how often, and who changed that. A part of aliases.json.
//
// canary   answers its share of the requests that name no version
// shadow   answers after the champion did; nobody sees its answer, only whether it was another one

import { isVersion } from '../registry/keys.ts';
import { parseList, parseObject, parseText, ParseError } from '../shapes/parse.ts';
import { parseGuardrail, type Guardrail } from './guardrail.ts';

export interface Trial {
  readonly version: string;
  /** Percent of answers that are compared with the champion's. */
  readonly sample: number;
  /** In the target's unit: numbers further apart disagree. Null for a model of labels. */
  readonly tolerance: number | null;
  /** ISO 8601, UTC. What was counted before says nothing of this trial. */
  readonly since: string;
}

export interface Canary extends Trial {
  /** Percent of the requests that name no version, in hundredths; the champion has the rest. */
  readonly weight: number;
  readonly guardrail: Guardrail;
}

export interface Traffic {
  readonly canary: Canary | null;
  readonly shadow: Trial | null;
}

export interface TrafficChange {
  /** `guardrail`: the canary broke it and went back by itself. */
  readonly action: 'canary' | 'shadow' | 'guardrail';
  readonly version: string;
  /** Percent of the requests (of a shadow: of the answers compared) before and after; null: not there. */
  readonly from: number | null;
  readonly to: number | null;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly by: string;
  readonly reason: string;
}

/** Who changes something, when and why. */
export type Change = Pick<TrafficChange, 'at' | 'by' | 'reason'>;

/** The part of aliases.json that is about traffic. */
export interface WithTraffic {
  /** Null when the champion answers alone, which is the common case. */
  readonly traffic: Traffic | null;
  /** Oldest first. */
  readonly traffic_history: readonly TrafficChange[];
}

export const NO_TRAFFIC: WithTraffic = { traffic: null, traffic_history: [] };

/** Names of the trials where a request may name a version. */
export const CANARY = 'canary';
export const SHADOW = 'shadow';

/** With another canary, or none. */
export const withCanary = <T extends WithTraffic>(
  before: T,
  canary: Canary | null,
  change: Change & { readonly action?: 'guardrail' },
): T => {
  const old = before.traffic?.canary ?? null;
  const traffic = trafficOf({ canary, shadow: before.traffic?.shadow ?? null });
  const move = { action: 'canary' as const, ...change };
  return withChange({ ...before, traffic }, move, weightOf(old), weightOf(canary));
};

/** With another shadow, or none. */
export const withShadow = <T extends WithTraffic>(
  before: T,
  shadow: Trial | null,
  change: Change,
): T => {
  const old = before.traffic?.shadow ?? null;
  const traffic = trafficOf({ canary: before.traffic?.canary ?? null, shadow });
  const move = { ...change, action: 'shadow' as const };
  return withChange({ ...before, traffic }, move, sampleOf(old), sampleOf(shadow));
};

/** What is left of the trials when `champion` is another version than before: a canary was measured against the old one. */
export function withoutEnded<T extends WithTraffic>(
  before: T,
  champion: string,
  { at, by }: Omit<Change, 'reason'>,
): T {
  const change = { at, by, reason: `version ${champion} became champion` };
  let after = before;
  if ((after.traffic?.canary ?? null) !== null) after = withCanary(after, null, change);
  if (after.traffic?.shadow?.version === champion) after = withShadow(after, null, change);
  return after;
}

type Share = readonly [version: string, percent: number] | null;

const weightOf = (canary: Canary | null): Share =>
  canary === null ? null : [canary.version, canary.weight];
const sampleOf = (trial: Trial | null): Share =>
  trial === null ? null : [trial.version, trial.sample];

/** One entry for each version that the change is about. */
function withChange<T extends WithTraffic>(
  before: T,
  { action, at, by, reason }: Change & Pick<TrafficChange, 'action'>,
  from: Share,
  to: Share,
): T {
  const entry = (version: string, before: number | null, after: number | null): TrafficChange => ({
    action,
    version,
    from: before,
    to: after,
    at,
    by,
    reason,
  });
  const entries: TrafficChange[] = [];
  if (from !== null && from[0] !== to?.[0]) entries.push(entry(from[0], from[1], null));
  if (to !== null) entries.push(entry(to[0], from?.[0] === to[0] ? from[1] : null, to[1]));
  return { ...before, traffic_history: [...before.traffic_history, ...entries] };
}

const trafficOf = (traffic: Traffic): Traffic | null =>
  traffic.canary === null && traffic.shadow === null ? null : traffic;

/** Parses the two fields of aliases.json; a file from before they were there has neither. */
export function parseTraffic(object: Readonly<Record<string, unknown>>): WithTraffic {
  const { traffic = null, traffic_history: history = [] } = object;
  return {
    traffic: traffic === null ? null : parseTrials(traffic),
    traffic_history: parseList(history, '/traffic_history', parseChange),
  };
}

function parseTrials(value: unknown): Traffic | null {
  const { canary = null, shadow = null } = parseObject(value, '/traffic');
  return trafficOf({
    canary: canary === null ? null : parseCanary(canary, '/traffic/canary'),
    shadow: shadow === null ? null : parseTrial(shadow, '/traffic/shadow'),
  });
}

function parseCanary(value: unknown, pointer: string): Canary {
  const { weight, guardrail } = parseObject(value, pointer);
  return {
    ...parseTrial(value, pointer),
    weight: parsePercent(weight, `${pointer}/weight`),
    guardrail: parseGuardrail(guardrail, `${pointer}/guardrail`),
  };
}

function parseTrial(value: unknown, pointer: string): Trial {
  const { version, sample, tolerance, since } = parseObject(value, pointer);
  return {
    version: parseVersion(version, `${pointer}/version`),
    sample: parsePercent(sample, `${pointer}/sample`),
    tolerance: tolerance === null ? null : parseTolerance(tolerance, `${pointer}/tolerance`),
    since: parseText(since, `${pointer}/since`),
  };
}

function parseChange(value: unknown, pointer: string): TrafficChange {
  const { action, version, from, to, at, by, reason } = parseObject(value, pointer);
  const percent = (given: unknown, name: string): number | null =>
    given === null ? null : parsePercent(given, `${pointer}/${name}`);
  if (action !== 'canary' && action !== 'shadow' && action !== 'guardrail')
    throw new ParseError(`${pointer}/action`, 'must be canary, shadow or guardrail');
  return {
    action,
    version: parseVersion(version, `${pointer}/version`),
    from: percent(from, 'from'),
    to: percent(to, 'to'),
    at: parseText(at, `${pointer}/at`),
    by: parseText(by, `${pointer}/by`),
    reason: parseText(reason, `${pointer}/reason`),
  };
}

/** 0 to 100, in hundredths. Throws ParseError. */
export function parsePercent(value: unknown, pointer: string): number {
  const isPercent =
    typeof value === 'number' && value >= 0 && value <= 100 && Number(value.toFixed(2)) === value;
  if (!isPercent)
    throw new ParseError(pointer, 'must be a percentage from 0 to 100, with at most two decimals');
  return value;
}

/** Zero or more, finite. Throws ParseError. */
export function parseTolerance(value: unknown, pointer: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
    throw new ParseError(pointer, 'must be a number, zero or more');
  return value;
}

function parseVersion(value: unknown, pointer: string): string {
  const version = parseText(value, pointer);
  if (!isVersion(version)) throw new ParseError(pointer, `is not a version: ${version}`);
  return version;
}
