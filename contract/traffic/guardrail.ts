// The guardrail: how much worse than the champion a canary may do before it goes back to weight 0. Pure: counts in,
// verdict out.

import { parseObject, ParseError } from '../shapes/parse.ts';

export interface Guardrail {
  /** Seconds that are looked back. */
  readonly window_s: number;
  /** Nothing is judged by fewer requests, or fewer compared rows, than these. */
  readonly min_requests: number;
  /** What the canary's error rate may be above the champion's: 0 to 1. Null: not judged. */
  readonly max_error_margin: number | null;
  /** Share of compared rows on which both may disagree: 0 to 1. Null: not judged. */
  readonly max_disagreement: number | null;
  /** What the canary's mean latency may be, as a multiple of the champion's. Null: not judged. */
  readonly max_latency_ratio: number | null;
}

export const DEFAULT_GUARDRAIL: Guardrail = {
  window_s: 600,
  min_requests: 100,
  max_error_margin: 0.02,
  max_disagreement: 0.2,
  max_latency_ratio: 2,
};

/** What the rules look at, of one version in one window. */
export interface Observed {
  readonly requests: number;
  /** Requests that the version failed; what a client did wrong is not among them. */
  readonly errors: number;
  /** Rows that the other version answered too, and those on which it said something else. */
  readonly compared: number;
  readonly disagreements: number;
  /** Requests whose time was taken, and the sum of their milliseconds. */
  readonly timed: number;
  readonly latency_ms: number;
}

export interface GuardrailReason {
  readonly rule: 'errors' | 'disagreement' | 'latency';
  /** `waiting`: too little is known to judge. */
  readonly state: 'holds' | 'broken' | 'waiting';
  readonly detail: string;
}

export interface GuardrailVerdict {
  /** `broken` when one rule is, `waiting` when none can be judged yet. */
  readonly state: 'holds' | 'broken' | 'waiting';
  readonly reasons: readonly GuardrailReason[];
}

/** A mean latency below this is not worth a rollback: a deployed Worker's clock goes in milliseconds. */
const LATENCY_FLOOR_MS = 1;

export function judge(
  guardrail: Guardrail,
  champion: Observed,
  canary: Observed,
): GuardrailVerdict {
  const reasons = [
    errorRule(guardrail, champion, canary),
    disagreementRule(guardrail, canary),
    latencyRule(guardrail, champion, canary),
  ].filter((reason) => reason !== null);
  return { state: stateOf(reasons), reasons };
}

/** What speaks against the canary, in one line. */
export const objectionsOf = ({ reasons }: GuardrailVerdict): string =>
  reasons
    .filter(({ state }) => state === 'broken')
    .map(({ rule, detail }) => `${rule}: ${detail}`)
    .join('; ');

function stateOf(reasons: readonly GuardrailReason[]): GuardrailVerdict['state'] {
  if (reasons.some(({ state }) => state === 'broken')) return 'broken';
  return reasons.some(({ state }) => state === 'holds') ? 'holds' : 'waiting';
}

function errorRule(
  { max_error_margin: limit, min_requests }: Guardrail,
  champion: Observed,
  canary: Observed,
): GuardrailReason | null {
  const rule = 'errors';
  if (limit === null) return null;
  if (canary.requests < min_requests)
    return { rule, state: 'waiting', detail: fewer(canary.requests, min_requests, 'requests') };
  const rate = share(canary.errors, canary.requests);
  const usual = share(champion.errors, champion.requests);
  return {
    rule,
    state: rate - usual > limit ? 'broken' : 'holds',
    detail: `${canary.errors} of ${canary.requests} requests failed, ${champion.errors} of ${champion.requests} of the champion’s (at most ${percent(limit)} more)`,
  };
}

function disagreementRule(
  { max_disagreement: limit, min_requests }: Guardrail,
  { compared, disagreements }: Observed,
): GuardrailReason | null {
  const rule = 'disagreement';
  if (limit === null) return null;
  if (compared < min_requests)
    return { rule, state: 'waiting', detail: fewer(compared, min_requests, 'compared rows') };
  return {
    rule,
    state: share(disagreements, compared) > limit ? 'broken' : 'holds',
    detail: `the champion answers otherwise on ${disagreements} of ${compared} rows (at most ${percent(limit)})`,
  };
}

function latencyRule(
  { max_latency_ratio: limit, min_requests }: Guardrail,
  champion: Observed,
  canary: Observed,
): GuardrailReason | null {
  const rule = 'latency';
  if (limit === null) return null;
  const timed = Math.min(champion.timed, canary.timed);
  if (timed < min_requests)
    return { rule, state: 'waiting', detail: fewer(timed, min_requests, 'timed requests of each') };
  const mean = canary.latency_ms / canary.timed;
  const usual = champion.latency_ms / champion.timed;
  return {
    rule,
    state: mean > limit * Math.max(usual, LATENCY_FLOOR_MS) ? 'broken' : 'holds',
    detail: `${milliseconds(mean)} in the mean, the champion ${milliseconds(usual)} (at most ${limit} times)`,
  };
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
const percent = (value: number): string => `${Number((value * 100).toFixed(2))} %`;
const milliseconds = (value: number): string => `${Number(value.toFixed(2))} ms`;
const fewer = (found: number, wanted: number, what: string): string =>
  `${found} of ${wanted} ${what}`;

/** A guardrail, with the defaults for what it leaves out. Throws ParseError with the pointer of the first fault. */
export function parseGuardrail(value: unknown, pointer: string): Guardrail {
  const object = parseObject(value, pointer);
  const stranger = Object.keys(object).find((key) => !Object.hasOwn(DEFAULT_GUARDRAIL, key));
  if (stranger !== undefined)
    throw new ParseError(pointer, `has a field that is not known: ${stranger.slice(0, 80)}`);
  const field = (name: keyof Guardrail, [lower, upper]: Range): number | null => {
    const given = object[name];
    if (given === undefined) return DEFAULT_GUARDRAIL[name];
    return given === null ? null : parseWithin(given, `${pointer}/${name}`, [lower, upper]);
  };
  const whole = (name: 'window_s' | 'min_requests', range: Range): number => {
    const given = field(name, range);
    if (!Number.isInteger(given))
      throw new ParseError(`${pointer}/${name}`, 'must be a whole number');
    return given!;
  };
  return {
    window_s: whole('window_s', [10, 86_400]),
    min_requests: whole('min_requests', [1, 1_000_000]),
    max_error_margin: field('max_error_margin', [0, 1]),
    max_disagreement: field('max_disagreement', [0, 1]),
    max_latency_ratio: field('max_latency_ratio', [1, 1_000]),
  };
}

type Range = readonly [lower: number, upper: number];

function parseWithin(value: unknown, pointer: string, [lower, upper]: Range): number {
  if (typeof value !== 'number' || !(value >= lower && value <= upper))
    throw new ParseError(pointer, `must be a number from ${lower} to ${upper}`);
  return value;
}
