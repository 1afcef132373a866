// The shapes that several operations share.

import { DATATYPES } from '#contract/tensors/tensor.ts';
import type { JsonSchema } from './row-schema.ts';

const text = { type: 'string' };
const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items });
const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });
const object = (required: readonly string[], properties: JsonSchema): JsonSchema => ({
  type: 'object',
  required,
  properties,
});

const finding = object(['pointer', 'detail'], {
  pointer: { ...text, description: 'JSON Pointer (RFC 6901) of the place in the request.' },
  detail: text,
});

const parameters: JsonSchema = {
  type: 'object',
  additionalProperties: { type: ['string', 'number', 'boolean'] },
};

/** Beside a list of warnings that is cut short. */
export const MORE_WARNINGS: JsonSchema = {
  type: 'integer',
  description: 'How many warnings there are beyond those that are listed; absent when all are.',
};

export const SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  Problem: {
    description: 'RFC 9457.',
    ...object(['type', 'title', 'status', 'detail'], {
      type: text,
      title: text,
      status: { type: 'integer' },
      detail: text,
      errors: list(finding),
    }),
  },
  Warning: object(['code', 'pointer', 'detail'], {
    code: { enum: ['unknown_category', 'out_of_range'] },
    pointer: text,
    detail: text,
  }),
  Models: object(['models'], {
    models: list(
      object(['name', 'title', 'task', 'champion', 'versions'], {
        name: text,
        title: text,
        task: { enum: ['classification', 'regression', 'tensors'] },
        champion: { type: ['string', 'null'] },
        versions: list(text),
      }),
    ),
  }),
  Model: object(
    [
      'name',
      'title',
      'description',
      'task',
      'versions',
      'aliases',
      'history',
      'retired',
      'manifest',
    ],
    {
      name: text,
      title: text,
      description: text,
      task: { enum: ['classification', 'regression', 'tensors'] },
      versions: list(text),
      aliases: { type: 'object', additionalProperties: text },
      history: list(ref('Move')),
      retired: {
        description: 'By version: those that are not to answer again, and why.',
        type: 'object',
        additionalProperties: object(['at', 'by', 'reason'], { at: text, by: text, reason: text }),
      },
      manifest: ref('Manifest'),
    },
  ),
  Move: {
    description: 'One move of an alias: who, when, why; `from` is null for a new one.',
    ...object(['action', 'at', 'alias', 'from', 'to', 'by', 'reason'], {
      action: { enum: ['promote', 'rollback'] },
      at: text,
      alias: text,
      from: { type: ['string', 'null'] },
      to: text,
      by: text,
      reason: text,
      overrides: {
        ...list(text),
        description: 'What the gate found against it, when it was overruled.',
      },
    }),
  },
  AliasRequest: {
    ...object(['version', 'reason'], {
      version: text,
      reason: text,
      from: { type: ['string', 'null'], description: 'Where the alias is, as far as you know.' },
      override: { ...text, description: 'Why it is promoted whatever the gate finds.' },
      accept_signature_change: { type: 'boolean' },
    }),
    additionalProperties: false,
  },
  RollbackRequest: {
    ...object(['reason'], { reason: text, from: text }),
    additionalProperties: false,
  },
  GateAnswer: object(['model', 'alias', 'version', 'from', 'verdict'], {
    model: text,
    alias: text,
    version: text,
    from: { type: ['string', 'null'] },
    verdict: ref('Verdict'),
  }),
  AliasMoved: object(['model', 'alias', 'version', 'move', 'verdict'], {
    model: text,
    alias: text,
    version: text,
    move: { oneOf: [ref('Move'), { type: 'null' }] },
    verdict: ref('Verdict'),
  }),
  Verdict: {
    description: 'What the gate found; null where it was not asked.',
    type: ['object', 'null'],
    required: ['passed', 'reasons'],
    properties: {
      passed: { type: 'boolean' },
      reasons: list(
        object(['rule', 'passed', 'detail'], {
          rule: { enum: ['metric', 'parity', 'signature', 'budget'] },
          passed: { type: 'boolean' },
          detail: text,
        }),
      ),
    },
  },
  Manifest: {
    description: 'Everything that is known of a version, and the record of the run that made it.',
    ...object(
      ['format_version', 'model', 'version', 'task', 'signature', 'files', 'metrics', 'created_at'],
      {
        format_version: { const: 1 },
        model: text,
        version: text,
        task: { enum: ['classification', 'regression', 'tensors'] },
        signature: {
          type: ['object', 'null'],
          description: 'Features and target; null for a model of tensors alone, which /v2 serves.',
        },
        files: {
          type: 'object',
          additionalProperties: object(['sha256', 'size'], {
            sha256: text,
            size: { type: 'integer' },
          }),
        },
        metrics: { type: 'object' },
        created_at: { ...text, format: 'date-time' },
      },
    ),
  },
  OipError: object(['error'], { error: text }),
  OipTensor: object(['name', 'datatype', 'shape'], {
    name: text,
    datatype: { enum: DATATYPES },
    shape: list({ type: 'integer', minimum: 0 }),
    parameters,
    data: { type: 'array', description: 'Nested as the shape says, or flat, row-major.' },
  }),
  OipInferRequest: object(['inputs'], {
    id: text,
    parameters,
    inputs: { ...list(ref('OipTensor')), minItems: 1 },
    outputs: list(object(['name'], { name: text, parameters })),
  }),
  OipInferResponse: object(['model_name', 'model_version', 'id', 'outputs'], {
    model_name: text,
    model_version: text,
    id: text,
    parameters,
    outputs: list(ref('OipTensor')),
  }),
  OipModel: object(['name', 'versions', 'platform', 'inputs', 'outputs'], {
    name: text,
    versions: list(text),
    platform: text,
    inputs: list({ type: 'object' }),
    outputs: list({ type: 'object' }),
  }),
  MlflowError: object(['error_code', 'message'], { error_code: text, message: text }),
  MlflowPredictions: object(['predictions'], { predictions: { type: 'array' } }),
};
