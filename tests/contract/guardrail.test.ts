// The guardrail as a table: what holds, what is broken, what cannot be said yet. And the part of aliases.json it is in.

import { describe, expect, test } from 'vitest';
import { NO_ALIASES, parseAliases } from '#contract/registry/aliases.ts';
import {
  DEFAULT_GUARDRAIL,
  judge,
  objectionsOf,
  parseGuardrail,
} from '#contract/traffic/guardrail.ts';
import { stableJson } from '#contract/shapes/json.ts';
import { withCanary, withShadow } from '#contract/traffic/traffic.ts';
import {
  addCounts,
  NO_COUNTS,
  subtractCounts,
  type Counts,
} from '#contract/traffic/traffic-counts.ts';

const champion: Counts = { ...NO_COUNTS, requests: 900, errors: 9, timed: 900, latency_ms: 4500 };
const canary: Counts = {
  ...NO_COUNTS,
  ...{ requests: 100, errors: 1, compared: 100, disagreements: 5, timed: 100, latency_ms: 600 },
};

describe('is', () => {
  test.each<[state: string, what: string, change: Partial<Counts>, against: RegExp | '']>([
    ['holds', 'as good', {}, ''],
    ['holds', 'exactly at its margin', { errors: 3 }, ''],
    ['broken', 'beyond its margin', { errors: 4 }, /^errors: 4 of 100 requests failed, 9 of 900/],
    ['holds', 'of another opinion on as many rows as it may', { disagreements: 20 }, ''],
    ['broken', 'of another opinion on more', { disagreements: 21 }, /^disagreement: .+ 21 of 100/],
    ['holds', 'twice as slow', { latency_ms: 1000 }, ''],
    ['broken', 'slower', { latency_ms: 1010 }, /^latency: 10.1 ms in the mean, the champion 5 ms/],
    [
      'broken',
      'worse in two ways, which are both said',
      { errors: 50, disagreements: 90 },
      /^errors: .+; disagreement: /,
    ],
    ['waiting', 'little known', { requests: 99, errors: 99, compared: 99, timed: 99 }, ''],
    ['broken', 'broken by what is known', { timed: 0, latency_ms: 0, errors: 50 }, /^errors: /],
  ])('%s where the canary is %s', (state, _, change, against) => {
    const verdict = judge(DEFAULT_GUARDRAIL, champion, { ...canary, ...change });
    expect(verdict.state).toBe(state);
    expect(objectionsOf(verdict)).toMatch(against === '' ? /^$/ : against);
  });

  test('never broken by microseconds', () => {
    const fast = { ...champion, latency_ms: 9 };
    expect(judge(DEFAULT_GUARDRAIL, fast, { ...canary, latency_ms: 150 }).state).toBe('holds');
    expect(judge(DEFAULT_GUARDRAIL, fast, { ...canary, latency_ms: 250 }).state).toBe('broken');
  });

  test('silent on rules that are off', () => {
    const off = { max_error_margin: null, max_disagreement: null, max_latency_ratio: null };
    const bad = { ...canary, errors: 100, disagreements: 100, latency_ms: 1e6 };
    expect(judge({ ...DEFAULT_GUARDRAIL, ...off }, champion, bad)).toEqual({
      state: 'waiting',
      reasons: [],
    });
  });

  test('fair to a canary that has all the traffic', () => {
    expect(judge(DEFAULT_GUARDRAIL, NO_COUNTS, canary).state).toBe('holds');
  });
});

describe('is read', () => {
  test('with defaults for what it leaves out, null where a rule is off', () => {
    expect(parseGuardrail({ window_s: 60, max_disagreement: null }, '')).toEqual({
      ...DEFAULT_GUARDRAIL,
      window_s: 60,
      max_disagreement: null,
    });
  });

  test.each([
    [{ window_s: 5 }, '/window_s must be a number from 10 to 86400'],
    [{ window_s: null }, '/window_s must be a whole number'],
    [{ min_requests: 1.5 }, '/min_requests must be a whole number'],
    [{ max_error_margin: 2 }, '/max_error_margin must be a number from 0 to 1'],
    [{ max_latency_ratio: '2' }, '/max_latency_ratio must be a number from 1 to 1000'],
    [{ max_latency_ratio: NaN }, '/max_latency_ratio must be a number from 1 to 1000'],
    [{ window: 60 }, 'has a field that is not known: window'],
    [[], 'must be an object'],
  ])('%j is refused', (value, fault) => {
    expect(() => parseGuardrail(value, '')).toThrow(fault);
  });
});

describe('aliases.json', () => {
  const who = { at: '2026-01-01T00:00:00.000Z', by: 'a test', reason: 'to see it' };
  const trial = { version: '2', sample: 50, tolerance: 0.25, since: who.at };

  test('parse(write(traffic)) is the traffic', () => {
    const canary = { ...trial, weight: 0.01, guardrail: DEFAULT_GUARDRAIL };
    const shadow = { ...trial, version: '3', tolerance: null };
    const aliases = withShadow(withCanary(NO_ALIASES, canary, who), shadow, who);
    expect(parseAliases(stableJson(aliases))).toEqual(aliases);
  });

  test('a file from before there was traffic has none', () => {
    expect(parseAliases('{"aliases":{"champion":"1"},"history":[]}')).toMatchObject({
      traffic: null,
      traffic_history: [],
    });
  });

  test.each([
    [{ ...trial, weight: 101 }, '/traffic/canary/weight must be a percentage'],
    [{ ...trial, weight: 0.001 }, '/traffic/canary/weight must be a percentage'],
    [{ ...trial, weight: 1, version: 'x' }, '/traffic/canary/version is not a version: x'],
    [{ ...trial, weight: 1, tolerance: -1 }, '/traffic/canary/tolerance must be a number'],
    [{ ...trial, weight: 1 }, '/traffic/canary/guardrail must be an object'],
  ])('%j is refused', (canary, fault) => {
    const text = JSON.stringify({ aliases: {}, history: [], traffic: { canary } });
    expect(() => parseAliases(text)).toThrow(fault);
  });
});

test('counts add up, and what came since is what is left', () => {
  const latency = NO_COUNTS.latency.map((_, place) => place);
  const a = { ...champion, latency };
  expect(subtractCounts(addCounts(a, canary), canary)).toEqual(a);
  expect(addCounts(a, NO_COUNTS)).toEqual(a);
});
