// Every operation the API has, in the order the reference shows them. A test holds this list against the routes.

import type { JsonSchema } from './row-schema.ts';

export interface Operation {
  readonly method: 'get' | 'post';
  /** With parameters as OpenAPI writes them: {model}. */
  readonly path: string;
  readonly tag: 'v1' | 'v2' | 'MLflow' | 'documents';
  readonly summary: string;
  /** Parameters after the question mark that it asks for. */
  readonly query?: readonly string[];
  readonly description?: string;
  /** Request bodies by media type; the examples are named in examples.ts. */
  readonly request?: Readonly<Record<string, JsonSchema>>;
  /** The body of 200 by media type. */
  readonly response: Readonly<Record<string, JsonSchema>>;
  /** Statuses besides 200 that the operation answers; their form is the door's. */
  readonly errors: readonly number[];
}

const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: JsonSchema): Operation['response'] => ({ 'application/json': schema });
const text: JsonSchema = { type: 'string' };
const any: JsonSchema = { type: 'object' };

const PREDICT_TYPES = {
  'application/json': ref('PredictRequest'),
  'application/x-ndjson': { ...text, description: 'A row (an object) a line.' },
  'text/csv': { ...text, description: 'A header with the features, then a record a row.' },
};
const PREDICTED_TYPES = {
  'application/json': ref('PredictResponse'),
  'application/x-ndjson': { ...text, description: 'A prediction or an error a line, in order.' },
  'text/csv': { ...text, description: 'A prediction or an error a record, in order.' },
};
const INFER_TYPES = {
  'application/json': ref('OipInferRequest'),
  'application/octet-stream': { ...text, format: 'binary' },
};
const INFERRED_TYPES = {
  'application/json': ref('OipInferResponse'),
  'application/octet-stream': { ...text, format: 'binary' },
};
const INVOKE_TYPES = {
  'application/json': ref('MlflowRequest'),
  'text/csv': text,
  'application/csv': text,
};

const v1: readonly Operation[] = [
  operation('get', '/v1/models', 'Models that are published', json(ref('Models')), [503]),
  operation(
    'get',
    '/v1/models/{model}',
    'A model and its champion',
    json(ref('Model')),
    [404, 503],
  ),
  {
    ...operation(
      'post',
      '/v1/models/{model}/predict',
      'Predict rows',
      PREDICTED_TYPES,
      [400, 404, 413, 415, 503],
    ),
    description:
      'Rows as objects or as columns. NDJSON and CSV are streamed back row by row; a bad row is a line with its number.',
    request: PREDICT_TYPES,
  },
  {
    ...operation(
      'post',
      '/v1/models/{model}/versions/{version}/predict',
      'Predict rows with one version',
      PREDICTED_TYPES,
      [400, 404, 413, 415, 503],
    ),
    request: PREDICT_TYPES,
  },
  ...['/v1/models/{model}', '/v1/models/{model}/versions/{version}'].map((path) => ({
    ...operation(
      'post',
      `${path}/explain`,
      `Explain predictions${path.includes('{version}') ? ' of one version' : ''}`,
      json(ref('ExplainResponse')),
      [400, 404, 413, 415, 503],
    ),
    description:
      'Exact Shapley values of the features, from the version’s own trees. A version without them answers 404.',
    request: json(ref('ExplainRequest')),
  })),
  {
    ...operation(
      'get',
      '/v1/models/{model}/traffic',
      'Which versions are asked, how often, and what was counted',
      json(ref('Traffic')),
      [404, 503],
    ),
    description: 'Counts are of all isolates, up to what each has not told yet.',
  },
  operation(
    'get',
    '/v1/models/{model}/versions/{version}',
    'The manifest of a version',
    json(ref('Manifest')),
    [404, 503],
  ),
  operation(
    'get',
    '/v1/models/{model}/versions/{version}/card',
    'The model card',
    { 'text/markdown': text },
    [404, 416, 503],
  ),
  ...['model.onnx', 'tree.json', 'baseline.json'].map((file) =>
    operation(
      'get',
      `/v1/models/{model}/versions/{version}/${file}`,
      `Download ${file}`,
      {
        [file.endsWith('.json') ? 'application/json' : 'application/octet-stream']: file.endsWith(
          '.json',
        )
          ? any
          : { ...text, format: 'binary' },
      },
      [404, 416, 503],
    ),
  ),
];

/** Not there unless ADMIN_TOKEN_SHA256 is set. */
const admin: readonly Operation[] = [
  {
    ...operation(
      'get',
      '/v1/models/{model}/aliases/{alias}/gate/{version}',
      'What the gate says of a version',
      json(ref('GateAnswer')),
      [401, 404, 409, 503],
    ),
    description: 'Moves nothing. Asks for the admin token.',
  },
  {
    ...operation(
      'post',
      '/v1/models/{model}/aliases/{alias}',
      'Point an alias at a version',
      json(ref('AliasMoved')),
      [400, 401, 404, 409, 413, 415, 503],
    ),
    description:
      'The champion goes through the gate; `override` gives the reason to promote whatever it finds. With `from`, 409 when the alias is elsewhere by then. Asks for the admin token.',
    request: json(ref('AliasRequest')),
  },
  ...(['canary', 'shadow'] as const).map((trial) => ({
    ...operation(
      'post',
      `/v1/models/{model}/traffic/${trial}`,
      trial === 'canary'
        ? 'Give a version a share of the requests'
        : 'Have a version answer too, unseen',
      json(ref('TrafficChanged')),
      [400, 401, 404, 409, 413, 415, 503],
    ),
    description: 'A version of null ends it. Asks for the admin token.',
    request: json(ref(trial === 'canary' ? 'CanaryRequest' : 'ShadowRequest')),
  })),
  {
    ...operation(
      'post',
      '/v1/models/{model}/aliases/{alias}/rollback',
      'Point an alias back at the version before',
      json(ref('AliasMoved')),
      [400, 401, 404, 409, 413, 415, 503],
    ),
    description:
      'There is no gate. With `from`, 409 when the alias is elsewhere by then. Asks for the admin token.',
    request: json(ref('RollbackRequest')),
  },
];

const forEachModelPath = (
  make: (path: string, suffix: string) => Operation,
): readonly Operation[] => [
  make('/v2/models/{model}', ''),
  make('/v2/models/{model}/versions/{version}', ' version'),
];

const v2: readonly Operation[] = [
  operation('get', '/v2', 'Server metadata', json(any), []),
  operation('get', '/v2/health/live', 'Whether the server runs', json(any), []),
  operation('get', '/v2/health/ready', 'Whether the default model answers', json(any), [503]),
  operation('get', '/v2/models', 'Names of the models', json(any), [503]),
  {
    ...operation(
      'post',
      '/v2/repository/index',
      'Every version and whether it can serve',
      json({ type: 'array' }),
      [400, 503],
    ),
    request: json({ type: 'object', properties: { ready: { type: 'boolean' } } }),
  },
  ...forEachModelPath((path, version) =>
    operation('get', path, `Metadata of a model${version}`, json(ref('OipModel')), [404, 503]),
  ),
  ...forEachModelPath((path, version) =>
    operation('get', `${path}/ready`, `Whether a model${version} answers`, json(any), [404, 503]),
  ),
  ...forEachModelPath((path, version) =>
    operation(
      'get',
      `${path}/config`,
      `Triton's configuration of a model${version}`,
      json(any),
      [404, 503],
    ),
  ),
  ...forEachModelPath((path, version) =>
    operation(
      'get',
      `${path}/stats`,
      `Counts of a model${version} in this isolate`,
      json(any),
      [404, 503],
    ),
  ),
  ...forEachModelPath((path, version) => ({
    ...operation(
      'post',
      `${path}/infer`,
      `Infer tensors with a model${version}`,
      INFERRED_TYPES,
      [400, 404, 413, 415, 503],
    ),
    description:
      'One tensor a feature, or one packed tensor; JSON or the binary tensor data extension. Explanations (shap_values, base_value) are answered when they are named.',
    request: INFER_TYPES,
  })),
];

const mlflow: readonly Operation[] = [
  ...(['/ping', '/health'] as const).map((path) =>
    operation('get', path, 'Whether the default model answers', { 'text/plain': text }, [404]),
  ),
  operation('get', '/version', 'The version of this server', { 'text/plain': text }, []),
  ...['/invocations', '/v1/models/{model}/invocations'].map((path) => ({
    ...operation(
      'post',
      path,
      path === '/invocations' ? 'Predict with the default model' : 'Predict with a model',
      json(ref('MlflowPredictions')),
      [400, 404, 413, 415, 503],
    ),
    request: INVOKE_TYPES,
  })),
];

const REGISTRY = '/api/2.0/mlflow';
const named = ['name'];

/** MLflow's model registry, to read: what `MlflowClient` asks. */
const mlflowRegistry: readonly Operation[] = [
  ...(
    [
      ['registered-models/get', 'A registered model', named, 'registered_model', [400, 404, 503]],
      ['registered-models/search', 'Registered models', [], 'registered_models', [400, 503]],
      [
        'registered-models/alias',
        'The version of an alias',
        ['name', 'alias'],
        'model_version',
        [400, 404, 503],
      ],
      [
        'registered-models/get-latest-versions',
        'The newest version',
        named,
        'model_versions',
        [400, 404, 503],
      ],
      [
        'model-versions/get',
        'A version of a registered model',
        ['name', 'version'],
        'model_version',
        [400, 404, 503],
      ],
      ['model-versions/search', 'Versions of registered models', [], 'model_versions', [400, 503]],
      [
        'model-versions/get-download-uri',
        'Where the files of a version are',
        ['name', 'version'],
        'artifact_uri',
        [400, 404, 503],
      ],
    ] as const
  ).map(([path, summary, query, field, errors]) => ({
    ...operation(
      'get',
      `${REGISTRY}/${path}`,
      summary,
      json({ type: 'object', required: [field] }),
      errors,
    ),
    query,
  })),
  {
    ...operation(
      'get',
      `${REGISTRY}-artifacts/artifacts`,
      'The files of a version, for MLflow',
      json({ type: 'object', required: ['files'] }),
      [404, 503],
    ),
    query: ['path'],
  },
  operation(
    'get',
    `${REGISTRY}-artifacts/artifacts/{model}/{version}/{file}`,
    'A file of a version, for MLflow',
    { 'application/octet-stream': { ...text, format: 'binary' }, 'text/yaml': text },
    [404, 416, 503],
  ),
];

const documents: readonly Operation[] = [
  operation('get', '/openapi.json', 'This document, for the default model', json(any), []),
  operation(
    'get',
    '/v1/models/{model}/openapi.json',
    'This document, for one model',
    json(any),
    [404, 503],
  ),
  operation('get', '/problems/{type}', 'What a problem’s type means', json(any), [404]),
];

export const OPERATIONS: readonly Operation[] = [
  ...v1,
  ...admin,
  ...mlflow,
  ...mlflowRegistry,
  ...v2,
  ...documents,
];

function operation(
  method: Operation['method'],
  path: string,
  summary: string,
  response: Operation['response'],
  errors: readonly number[],
): Operation {
  return { method, path, tag: tagOf(path), summary, response, errors };
}

function tagOf(path: string): Operation['tag'] {
  if (path.startsWith('/v2')) return 'v2';
  if (path.startsWith('/api/2.0/mlflow')) return 'MLflow';
  if (/^\/(ping|health|version|invocations)|\/invocations$/.test(path)) return 'MLflow';
  return /openapi|problems/.test(path) ? 'documents' : 'v1';
}
