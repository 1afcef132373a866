// The shapes of POST …/explain: its body and its answer.

import { DATE_PARTS } from '#contract/features/encoded.ts';
import type { TabularManifest } from '#contract/manifest.ts';
import { MAX_EXPLAINED_ROWS, MAX_WARNINGS } from '../limits.ts';
import type { JsonSchema } from './row-schema.ts';
import { MORE_WARNINGS } from './schemas.ts';

const text: JsonSchema = { type: 'string' };
const number: JsonSchema = { type: 'number' };
const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items });
const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

export function explainSchemas(manifest: TabularManifest | null): Record<string, JsonSchema> {
  const features = manifest?.signature.features.map(({ name }) => name);
  const target = manifest?.signature.target;
  const feature = features === undefined ? text : { enum: features };
  const label = target?.type === 'category' ? { enum: target.labels } : text;
  return {
    ExplainRequest: {
      type: 'object',
      required: ['rows'],
      additionalProperties: false,
      properties: {
        rows: { type: 'array', minItems: 1, maxItems: MAX_EXPLAINED_ROWS, items: ref('Row') },
        ...(target?.type === 'number'
          ? {}
          : { label: { ...label, description: 'By default each row’s predicted one.' } }),
        top: {
          type: 'integer',
          minimum: 1,
          description: 'How many features to list, the strongest first; by default all.',
        },
      },
    },
    ExplainResponse: {
      type: 'object',
      required: ['model_name', 'model_version', 'manifest_sha256', 'id', 'space', 'explanations'],
      properties: {
        model_name: text,
        model_version: text,
        manifest_sha256: text,
        id: text,
        space: {
          enum: ['probability', 'margin', 'value'],
          description:
            'What output, base value and contributions are: probabilities, raw scores (log-odds), or values in the target’s unit.',
        },
        explanations: list(explanation(feature, label)),
        warnings: { ...list(ref('Warning')), maxItems: MAX_WARNINGS },
        more_warnings: MORE_WARNINGS,
      },
    },
  };
}

const explanation = (feature: JsonSchema, label: JsonSchema): JsonSchema => ({
  type: 'object',
  description: 'The base value, the contributions and those of the others add up to the output.',
  required: ['prediction', 'base_value', 'output', 'contributions'],
  properties: {
    prediction: ref('Prediction'),
    label,
    base_value: { ...number, description: 'The mean of the answers to the training rows.' },
    output: number,
    contributions: list({
      type: 'object',
      required: ['feature', 'value', 'contribution'],
      properties: {
        feature,
        value: { type: ['string', 'number', 'boolean', 'null'], description: 'As it was sent.' },
        contribution: number,
      },
    }),
    others: {
      type: 'object',
      required: ['features', 'contribution'],
      properties: { features: { type: 'integer', minimum: 1 }, contribution: number },
    },
    path: {
      ...list(step(feature)),
      description: 'From the root to the leaf; only for a model of a single tree.',
    },
  },
});

const step = (feature: JsonSchema): JsonSchema => ({
  type: 'object',
  required: ['feature', 'relation', 'branch', 'rows'],
  properties: {
    feature,
    part: { enum: DATE_PARTS.map(({ part }) => part), description: 'Of a date.' },
    branch: { enum: ['left', 'right'] },
    rows: { type: 'integer', minimum: 0, description: 'Training rows that went the same way.' },
  },
  oneOf: [
    relation(['<', '≥'], { threshold: number }),
    relation(['is', 'is not'], { category: { type: ['string', 'boolean'] } }),
    relation(['is one of', 'is none of'], { categories: list(text) }),
    relation(['is missing'], {}),
  ],
});

const relation = (
  names: readonly string[],
  properties: Record<string, JsonSchema>,
): JsonSchema => ({
  required: ['relation', ...Object.keys(properties)],
  properties: { relation: { enum: names }, ...properties },
});
