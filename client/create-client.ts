// A typed client for browsers and node, by fetch and without a dependency: the Open Inference Protocol of any server that
// speaks it, and this product's own door. A table of contents: each call is the file it is imported from.

import type { PredictResponse } from '#contract/predict.ts';
import { errorOf } from './client-error.ts';
import {
  askJson,
  modelPath,
  read,
  send,
  type CallOptions,
  type Connection,
  type Fetch,
} from './connection.ts';
import type { InferCall } from './infer.ts';
import type { InferAnswer } from './infer-answer.ts';
import {
  parseConfig,
  parseIndex,
  parseModelList,
  parseModelMetadata,
  parseServerMetadata,
  parseStatistics,
  type IndexEntry,
  type ModelMetadata,
  type ModelStatistics,
  type ServerMetadata,
} from './metadata.ts';
import { predict, predictStream, type PredictOptions, type StreamedPrediction } from './predict.ts';
import type { Row } from './row-stream.ts';

export interface ClientOptions {
  /** Of the server, as far as the path before `/v2`; empty for the page's own origin. */
  readonly url: string;
  readonly fetch?: Fetch;
  /** Sent with every request, such as an API key. */
  readonly headers?: HeadersInit;
}

export interface VersionOptions extends CallOptions {
  readonly version?: string;
}

/** Every call rejects with a ClientError, or with the signal's reason when it was aborted. */
export interface Client {
  live(options?: CallOptions): Promise<boolean>;
  ready(options?: CallOptions): Promise<boolean>;
  serverMetadata(options?: CallOptions): Promise<ServerMetadata>;
  /** Names of the models; KServe's list, which Triton lacks: ask its `repositoryIndex`. */
  models(options?: CallOptions): Promise<readonly string[]>;
  modelMetadata(model: string, options?: VersionOptions): Promise<ModelMetadata>;
  modelReady(model: string, options?: VersionOptions): Promise<boolean>;
  repositoryIndex(
    options?: CallOptions & { readonly ready?: boolean },
  ): Promise<readonly IndexEntry[]>;
  statistics(model: string, options?: VersionOptions): Promise<readonly ModelStatistics[]>;
  config(model: string, options?: VersionOptions): Promise<Readonly<Record<string, unknown>>>;
  infer(model: string, call: InferCall): Promise<InferAnswer>;
  predict(model: string, rows: readonly Row[], options?: PredictOptions): Promise<PredictResponse>;
  predictStream(
    model: string,
    rows: AsyncIterable<Row> | Iterable<Row>,
    options?: PredictOptions,
  ): AsyncGenerator<StreamedPrediction, void, undefined>;
}

/**
 * @example
 * const client = createClient({ url: 'http://localhost:8787' });
 * const inputs = [{ name: 'features', shape: [1, 2], data: Float32Array.of(0.25, 0) }];
 * const { outputs } = await client.infer('crocodile-species', { inputs });
 */
export function createClient(options: ClientOptions): Client {
  const connection: Connection = {
    url: options.url.replace(/\/+$/, ''),
    // Looked up late and called bare: browsers refuse a fetch that is called as a method of something else.
    fetch: options.fetch ?? ((url, init) => fetch(url, init)),
    headers: new Headers(options.headers),
  };
  return {
    live: (call = {}) => answersYes(connection, '/v2/health/live', 'live', call),
    ready: (call = {}) => answersYes(connection, '/v2/health/ready', 'ready', call),
    serverMetadata: (call = {}) => askJson(connection, '/v2', call, parseServerMetadata),
    models: (call = {}) => askJson(connection, '/v2/models', call, parseModelList),
    modelMetadata: (model, call = {}) =>
      askJson(connection, modelPath('v2', model, call.version), call, parseModelMetadata),
    modelReady: (model, call = {}) =>
      answersYes(connection, `${modelPath('v2', model, call.version)}/ready`, 'ready', call),
    repositoryIndex({ ready, ...call } = {}) {
      const body = JSON.stringify(ready === undefined ? {} : { ready });
      const headers = { 'content-type': 'application/json' };
      const post = { ...call, method: 'POST', headers, body } as const;
      return askJson(connection, '/v2/repository/index', post, parseIndex);
    },
    statistics: (model, call = {}) =>
      askJson(connection, `${modelPath('v2', model, call.version)}/stats`, call, parseStatistics),
    config: (model, call = {}) =>
      askJson(connection, `${modelPath('v2', model, call.version)}/config`, call, parseConfig),
    // Tensors are half of the code: who sends none, such as the page, does not load it.
    infer: async (model, call) => (await import('./infer.ts')).infer(connection, model, call),
    predict: (model, rows, call = {}) => predict(connection, model, rows, call),
    predictStream: (model, rows, call = {}) => predictStream(connection, model, rows, call),
  };
}

/** Statuses that say "not now": 503, and 400 on servers that have no 503. */
const NOT_NOW: readonly number[] = [400, 503];

/** Whether a health address says yes: by its status, and by `word` of its body where it has one. */
async function answersYes(
  connection: Connection,
  path: string,
  word: 'live' | 'ready',
  options: CallOptions,
): Promise<boolean> {
  const response = await send(connection, path, options);
  if (!response.ok && !NOT_NOW.includes(response.status)) throw await errorOf(response);
  const text = await read(response, options, () => response.text());
  return response.ok && !new RegExp(`"${word}"\\s*:\\s*false`).test(text);
}
