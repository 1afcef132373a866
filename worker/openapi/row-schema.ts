// A model's row as JSON Schema (2020-12), from its signature: what the encoder takes, with what the model was trained on.

import type { Feature, Signature } from '#contract/signature.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

export function rowSchema({ features }: Signature): JsonSchema {
  return {
    type: 'object',
    additionalProperties: false,
    required: features.map(({ name }) => name),
    properties: Object.fromEntries(
      features.map((feature) => [feature.name, featureSchema(feature)]),
    ),
  };
}

export function columnsSchema({ features }: Signature): JsonSchema {
  return {
    type: 'object',
    additionalProperties: false,
    required: features.map(({ name }) => name),
    properties: Object.fromEntries(
      features.map((feature) => [
        feature.name,
        { type: 'array', minItems: 1, items: featureSchema(feature) },
      ]),
    ),
  };
}

/** Ranges and categories are what the model saw, not what it takes: others are answered with a warning. */
function featureSchema(feature: Feature): JsonSchema {
  if (feature.type === 'number') {
    const { minimum, maximum, unit } = feature;
    const range = `${minimum} to ${maximum}${unit === null ? '' : ` ${unit}`}`;
    return {
      type: feature.nullable ? ['number', 'null'] : 'number',
      description: `${feature.description} Trained on ${range}.`,
      'x-column': feature.column,
      'x-unit': unit,
      'x-trained-minimum': minimum,
      'x-trained-maximum': maximum,
    };
  }
  if (feature.type === 'boolean')
    return {
      type: feature.nullable ? ['boolean', 'null'] : 'boolean',
      description: feature.description,
      'x-column': feature.column,
    };
  if (feature.type === 'date')
    return {
      type: feature.nullable ? ['string', 'null'] : 'string',
      format: 'date',
      pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$',
      description: `${feature.description} Trained on ${feature.minimum} to ${feature.maximum}.`,
      'x-column': feature.column,
      'x-trained-minimum': feature.minimum,
      'x-trained-maximum': feature.maximum,
    };
  const known = { type: 'string', enum: feature.categories };
  const other = { type: 'string', description: 'Any other text is answered with a warning.' };
  return {
    anyOf: feature.nullable ? [known, other, { type: 'null' }] : [known, other],
    description: feature.description,
    'x-column': feature.column,
  };
}

export function predictionSchema({ target }: Signature): JsonSchema {
  if (target.type === 'number')
    return {
      type: 'object',
      required: ['value'],
      properties: { value: { type: 'number', 'x-unit': target.unit } },
    };
  const probability = { type: 'number', minimum: 0, maximum: 1 };
  return {
    type: 'object',
    required: ['label', 'probability', 'probabilities'],
    properties: {
      label: { type: 'string', enum: target.labels },
      probability,
      probabilities: {
        type: 'object',
        required: target.labels,
        properties: Object.fromEntries(target.labels.map((label) => [label, probability])),
      },
    },
  };
}
