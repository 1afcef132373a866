// The shapes of GET …/traffic and of the admin routes that change it.

import { LATENCY_BOUNDS_MS } from '#contract/traffic/traffic-counts.ts';
import type { JsonSchema } from './row-schema.ts';

const text: JsonSchema = { type: 'string' };
const count: JsonSchema = { type: 'integer', minimum: 0 };
const percent: JsonSchema = { type: 'number', minimum: 0, maximum: 100 };
const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items });
const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });
const orNull = (schema: JsonSchema): JsonSchema => ({ oneOf: [schema, { type: 'null' }] });
/** All of its fields are there. */
const whole = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
});

const trial = {
  version: text,
  sample: { ...percent, description: 'Percent of its answers that are compared.' },
  tolerance: {
    type: ['number', 'null'],
    description: 'Numbers further apart than this disagree; null for labels.',
  },
  since: text,
};

const request = (more: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  type: 'object',
  required: ['version', 'reason'],
  additionalProperties: false,
  properties: {
    version: { type: ['string', 'null'], description: 'Null ends it.' },
    reason: text,
    sample: { ...percent, description: 'Percent of its answers to compare; by default all.' },
    tolerance: {
      type: 'number',
      minimum: 0,
      description: 'Numbers further apart disagree; by default the champion’s RMSE.',
    },
    ...more,
  },
});

const shareOrNull: JsonSchema = { type: ['number', 'null'], minimum: 0, maximum: 1 };

export const TRAFFIC_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  Traffic: whole({
    model: text,
    champion: { type: ['string', 'null'] },
    weights: {
      ...list(whole({ version: text, weight: percent })),
      description: 'Percent of the requests that name no version.',
    },
    canary: orNull(
      whole({
        ...trial,
        weight: percent,
        guardrail: ref('Guardrail'),
        verdict: orNull(ref('GuardrailVerdict')),
      }),
    ),
    shadow: orNull(whole(trial)),
    counting: {
      enum: ['on', 'off', 'unreachable'],
      description: 'Whether there is a counter, and it answers.',
    },
    counts: list(ref('VersionCounts')),
    history: list(ref('TrafficChange')),
  }),
  TrafficChanged: whole({
    model: text,
    weights: list(whole({ version: text, weight: percent })),
    canary: orNull(whole({ ...trial, weight: percent, guardrail: ref('Guardrail') })),
    shadow: orNull(whole(trial)),
  }),
  ShadowRequest: request({}),
  CanaryRequest: request({
    weight: { ...percent, description: 'Of the requests that name no version.' },
    guardrail: { type: 'object', description: 'As Guardrail; defaults for what it leaves out.' },
  }),
  Guardrail: whole({
    window_s: { ...count, description: 'Seconds that are looked back.' },
    min_requests: count,
    max_error_margin: { ...shareOrNull, description: 'Above the champion’s error rate.' },
    max_disagreement: { ...shareOrNull, description: 'Of the rows that both answered.' },
    max_latency_ratio: { type: ['number', 'null'], description: 'Of the means.' },
  }),
  GuardrailVerdict: whole({
    state: { enum: ['holds', 'broken', 'waiting'] },
    reasons: list(
      whole({
        rule: { enum: ['errors', 'disagreement', 'latency'] },
        state: { enum: ['holds', 'broken', 'waiting'] },
        detail: text,
      }),
    ),
  }),
  VersionCounts: whole({
    version: text,
    requests: count,
    rows: count,
    refused: { ...count, description: 'Requests that did not fit the model.' },
    errors: { ...count, description: 'Requests that the version failed.' },
    compared: { ...count, description: 'Rows that the champion and this version both answered.' },
    disagreements: count,
    timed: count,
    latency_ms: { type: 'number', description: 'The sum over the timed requests.' },
    latency: {
      ...list(count),
      description: `Timed requests by milliseconds up to ${LATENCY_BOUNDS_MS.join(', ')}, and more.`,
    },
    first_at: text,
    last_at: text,
  }),
  TrafficChange: whole({
    action: { enum: ['canary', 'shadow', 'guardrail'] },
    version: text,
    from: { type: ['number', 'null'], description: 'Percent before; null: it was not there.' },
    to: { type: ['number', 'null'], description: 'Percent after; null: it is not there.' },
    at: text,
    by: text,
    reason: text,
  }),
};
