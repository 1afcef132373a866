// Parses what GET /v1/models/{model}/traffic answers.

import type { GuardrailReason, GuardrailVerdict } from '#contract/traffic/guardrail.ts';
import {
  parseCount,
  ParseError,
  parseJson,
  parseList,
  parseObject,
  parseText,
} from '#contract/shapes/parse.ts';
import { parseTraffic } from '#contract/traffic/traffic.ts';
import type { TrafficResponse, VersionCounts } from '#contract/traffic/traffic-response.ts';

/** What the page shows of it. */
export interface Live extends Pick<TrafficResponse, 'champion' | 'weights' | 'shadow' | 'history'> {
  readonly canary: TrafficResponse['canary'];
  readonly isCounted: boolean;
  readonly counts: readonly LiveCounts[];
}

export type LiveCounts = Pick<
  VersionCounts,
  'version' | 'requests' | 'errors' | 'compared' | 'disagreements' | 'timed' | 'latency_ms'
>;

export function parseLive(text: string): Live {
  const answer = parseObject(parseJson(text), '');
  const { canary, shadow } = answer;
  // Trials and their history stand in the answer as they do in aliases.json.
  const { traffic, traffic_history } = parseTraffic({
    traffic: canary === null && shadow === null ? null : { canary, shadow },
    traffic_history: answer.history,
  });
  const trial = traffic?.canary ?? null;
  return {
    champion: answer.champion === null ? null : parseText(answer.champion, '/champion'),
    weights: parseList(answer.weights, '/weights', (item, at) => {
      const { version, weight } = parseObject(item, at);
      return {
        version: parseText(version, `${at}/version`),
        weight: parseNumber(weight, `${at}/weight`),
      };
    }),
    canary: trial === null ? null : { ...trial, verdict: verdictOf(canary) },
    shadow: traffic?.shadow ?? null,
    isCounted: answer.counting === 'on',
    counts: parseList(answer.counts, '/counts', parseCounts),
    history: traffic_history,
  };
}

function verdictOf(canary: unknown): GuardrailVerdict | null {
  const { verdict = null } = parseObject(canary, '/canary');
  if (verdict === null) return null;
  const { state, reasons } = parseObject(verdict, '/canary/verdict');
  return {
    state: parseState(state, '/canary/verdict/state'),
    reasons: parseList(reasons, '/canary/verdict/reasons', (item, at) => {
      const reason = parseObject(item, at);
      return {
        rule: parseRule(reason.rule, `${at}/rule`),
        state: parseState(reason.state, `${at}/state`),
        detail: parseText(reason.detail, `${at}/detail`),
      };
    }),
  };
}

function parseCounts(value: unknown, at: string): LiveCounts {
  const counts = parseObject(value, at);
  const count = (name: string): number => parseCount(counts[name], `${at}/${name}`);
  return {
    version: parseText(counts.version, `${at}/version`),
    requests: count('requests'),
    errors: count('errors'),
    compared: count('compared'),
    disagreements: count('disagreements'),
    timed: count('timed'),
    latency_ms: parseNumber(counts.latency_ms, `${at}/latency_ms`),
  };
}

function parseState(value: unknown, at: string): GuardrailVerdict['state'] {
  if (value !== 'holds' && value !== 'broken' && value !== 'waiting')
    throw new ParseError(at, 'is not a state of a guardrail');
  return value;
}

function parseRule(value: unknown, at: string): GuardrailReason['rule'] {
  if (value !== 'errors' && value !== 'disagreement' && value !== 'latency')
    throw new ParseError(at, 'is not a rule of a guardrail');
  return value;
}

function parseNumber(value: unknown, at: string): number {
  if (typeof value !== 'number') throw new ParseError(at, 'must be a number');
  return value;
}
