// The OpenAPI 3.1 document: the operations, the shared shapes, and the shapes and examples of one model.

import { isTabular, type Manifest, type TabularManifest } from '#contract/manifest.ts';
import { PROBLEMS } from '#contract/problem.ts';
import { MAX_BODY_BYTES, MAX_ROWS, MAX_WARNINGS } from '../limits.ts';
import { VERSION } from '../version.ts';
import { examplesOf, type Examples } from './examples.ts';
import { explainSchemas } from './explain-schemas.ts';
import { OPERATIONS, type Operation } from './operations.ts';
import { columnsSchema, predictionSchema, rowSchema, type JsonSchema } from './row-schema.ts';
import { MORE_WARNINGS, SCHEMAS } from './schemas.ts';
import { TRAFFIC_SCHEMAS } from './traffic-schemas.ts';

const ANY_ROW: JsonSchema = { type: 'object' };

/** The document for a model, or, when none is published, one with rows of any shape. */
export function openApiDocument(manifest: Manifest | null): object {
  const tabular = manifest !== null && isTabular(manifest) ? manifest : null;
  const examples = tabular === null ? {} : examplesOf(tabular);
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of OPERATIONS) {
    paths[operation.path] ??= {};
    paths[operation.path]![operation.method] = describe(operation, manifest, examples);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: manifest === null ? 'Gharial' : `Gharial: ${manifest.title}`,
      version: VERSION,
      description:
        'Three doors to one inference: /v1, the Open Inference Protocol at /v2, and MLflow’s /invocations. ' +
        `A JSON request has at most ${MAX_ROWS} rows and ${MAX_BODY_BYTES} bytes; streams have no such limit.`,
    },
    servers: [{ url: '/' }],
    security: [{}, { bearer: [] }, { key: [] }],
    paths,
    components: {
      schemas: {
        ...SCHEMAS,
        ...TRAFFIC_SCHEMAS,
        ...modelSchemas(tabular),
        ...explainSchemas(tabular),
      },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        key: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
      },
    },
  };
}

function modelSchemas(manifest: TabularManifest | null): Record<string, JsonSchema> {
  const row = manifest === null ? ANY_ROW : rowSchema(manifest.signature);
  const columns = manifest === null ? ANY_ROW : columnsSchema(manifest.signature);
  const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });
  return {
    Row: row,
    Prediction: manifest === null ? ANY_ROW : predictionSchema(manifest.signature),
    PredictRequest: {
      oneOf: [
        {
          type: 'object',
          required: ['rows'],
          additionalProperties: false,
          properties: {
            rows: { type: 'array', minItems: 1, maxItems: MAX_ROWS, items: ref('Row') },
          },
        },
        {
          type: 'object',
          required: ['columns'],
          additionalProperties: false,
          properties: { columns },
        },
      ],
    },
    PredictResponse: {
      type: 'object',
      required: ['model_name', 'model_version', 'manifest_sha256', 'id', 'predictions'],
      properties: {
        model_name: { type: 'string' },
        model_version: { type: 'string' },
        manifest_sha256: {
          type: 'string',
          description: 'Of the version’s manifest.json, which has the hash of every file.',
        },
        id: { type: 'string' },
        predictions: { type: 'array', items: ref('Prediction') },
        warnings: { type: 'array', items: ref('Warning'), maxItems: MAX_WARNINGS },
        more_warnings: MORE_WARNINGS,
      },
    },
    MlflowRequest: {
      oneOf: ['dataframe_split', 'dataframe_records', 'instances', 'inputs'].map((form) => ({
        type: 'object',
        required: [form],
        properties: {
          [form]: { type: form === 'dataframe_split' ? 'object' : ['array', 'object'] },
          params: {
            type: ['object', 'null'],
            properties: { predict_method: { enum: ['predict', 'predict_proba'] } },
          },
        },
        additionalProperties: false,
      })),
    },
  };
}

function describe(
  operation: Operation,
  manifest: Manifest | null,
  examples: Readonly<Record<string, Examples>>,
): object {
  const {
    path,
    method,
    tag,
    summary,
    description,
    query = [],
    request,
    response,
    errors,
  } = operation;
  const named = examples[path.split('/').at(-1)!] ?? {};
  return {
    operationId: `${method} ${path}`.replace(/[^a-z0-9]+/gi, '_').replace(/_$/, ''),
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    parameters: [
      ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name: name!, in: 'path' })),
      ...query.map((name) => ({ name, in: 'query' })),
    ].map((parameter) => ({
      ...parameter,
      required: true,
      schema: { type: 'string' },
      ...parameterExample(parameter.name, manifest),
    })),
    ...(request === undefined
      ? {}
      : {
          requestBody: {
            required: path !== '/v2/repository/index',
            content: content(request, named),
          },
        }),
    responses: {
      200: { description: 'OK', content: content(response, {}) },
      ...Object.fromEntries(errors.map((status) => [status, errorResponse(status, tag)])),
    },
  };
}

function parameterExample(name: string, manifest: Manifest | null): object {
  if (name === 'type') return { example: 'invalid-request' };
  if (name === 'alias') return { example: 'champion' };
  if (name === 'file') return { example: 'model.onnx' };
  if (manifest === null) return {};
  if (name === 'path') return { example: `${manifest.model}/${manifest.version}` };
  return { example: name === 'model' || name === 'name' ? manifest.model : manifest.version };
}

function content(types: Operation['response'], named: Examples): object {
  return Object.fromEntries(
    Object.entries(types).map(([type, schema]) => {
      const examples = Object.entries(named[type] ?? {}).map(([name, value]) => [name, { value }]);
      return [
        type,
        { schema, ...(examples.length === 0 ? {} : { examples: Object.fromEntries(examples) }) },
      ];
    }),
  );
}

const ERROR_FORMS: Readonly<Record<Operation['tag'], readonly [type: string, schema: string]>> = {
  v1: ['application/problem+json', 'Problem'],
  documents: ['application/problem+json', 'Problem'],
  v2: ['application/json', 'OipError'],
  MLflow: ['application/json', 'MlflowError'],
};

function errorResponse(status: number, tag: Operation['tag']): object {
  const [type, schema] = ERROR_FORMS[tag];
  const titles = Object.values(PROBLEMS).filter((problem) => problem.status === status);
  return {
    description:
      titles.map(({ title }) => title).join(', or ') || 'The range is outside of the file',
    content: { [type]: { schema: { $ref: `#/components/schemas/${schema}` } } },
  };
}
