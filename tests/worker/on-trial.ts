// Models with two versions, one on trial: how they are made, asked and looked at.

import { DEFAULT_GUARDRAIL, type Guardrail } from '#contract/traffic/guardrail.ts';
import { setCanary, setShadow } from '#contract/traffic/split-traffic.ts';
import type { TrafficResponse } from '#contract/traffic/traffic-response.ts';
import { expect } from 'vitest';
import { TELL_TRIAL_MS } from '../../worker/limits.ts';
import { isPicked } from '../../worker/traffic/bucket.ts';
import type { Isolate } from './fresh-isolate.ts';
import { publishTiny, registry } from './tiny-model.ts';

export const who = { by: 'a test', reason: 'to see it', at: '2026-01-01T00:00:00.000Z' };
export const row = { size: 1, kind: 'b' };
export const GARBAGE = new TextEncoder().encode('no model at all');

export interface Trial {
  readonly weight?: number;
  readonly sample?: number;
  readonly guardrail?: Partial<Guardrail>;
}

export const canary = (model: string, { weight = 50, sample = 100, guardrail = {} }: Trial = {}) =>
  setCanary(registry, model, {
    ...{ ...who, version: '2', weight, sample },
    guardrail: { ...DEFAULT_GUARDRAIL, ...guardrail },
  });
export const shadow = (model: string) =>
  setShadow(registry, model, { ...who, version: '2', sample: 100 });

export async function twoVersions(model: string, second: object = {}): Promise<void> {
  await publishTiny(model);
  await publishTiny(model, { seed: 2, promote: false, ...second });
}

export const json = { 'content-type': 'application/json' };

/** The version that answers a key. */
export async function answers(isolate: Isolate, model: string, key: string): Promise<string> {
  const response = await isolate.ask(`/v1/models/${model}/predict`, {
    method: 'POST',
    headers: { ...json, 'x-gharial-sticky': key },
    body: JSON.stringify({ rows: [row] }),
  });
  expect(response.status).toBe(200);
  const { model_version } = await response.json<{ model_version: string }>();
  expect(response.headers.get('x-model-version')).toBe(model_version);
  return model_version;
}

export const traffic = async (isolate: Isolate, model: string): Promise<TrafficResponse> =>
  (await isolate.ask(`/v1/models/${model}/traffic`)).json<TrafficResponse>();
export const countsOf = async (isolate: Isolate, model: string, version: string) =>
  (await traffic(isolate, model)).counts.find((counts) => counts.version === version);
export const keys = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => `visitor ${n}`);
/** Keys that a canary of half of the requests gets, or does not. */
export const keysOf = (model: string, count: number, isCanary: boolean): string[] =>
  keys(count * 4)
    .filter((key) => isPicked(`${model}/2`, key, 50) === isCanary)
    .slice(0, count);

export async function askAll(
  isolate: Isolate,
  model: string,
  asking: readonly string[],
): Promise<void> {
  for (const key of asking) await answers(isolate, model, key);
}

/** Time goes on until the isolate tells what it counted, behind a request that counts for nothing. */
export async function told(isolate: Isolate, model: string): Promise<void> {
  isolate.advance(TELL_TRIAL_MS + 1);
  expect((await isolate.ask(`/v1/models/${model}`)).status).toBe(200);
}
