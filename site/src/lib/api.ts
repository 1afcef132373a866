// The one door to the API: every fetch of the site is here. What the typed client covers goes through it.

import { ClientError } from '#client/client-error.ts';
import { modelPath as pathOf } from '#client/connection.ts';
import { createClient } from '#client/create-client.ts';
import { parseManifest, type Manifest } from '#contract/manifest.ts';
import type { ModelResponse, ModelSummary } from '#contract/registry/models.ts';
import type { PredictResponse } from '#contract/predict.ts';
import type { Problem } from '#contract/problem.ts';
import { parseWhy, type Why } from './explain-answer.ts';
import { parseOpenApi, type Reference } from './openapi.ts';
import { parseModel, parseModels, parseProblem } from './answers.ts';
import type { Row } from './draft.ts';

export interface Answer {
  /** What the edge and the visitor's own browser both have to say. */
  readonly response: Omit<PredictResponse, 'id' | 'manifest_sha256'>;
  /** From asking to having read the answer. */
  readonly milliseconds: number;
  /** The edge, or the visitor's own browser. */
  readonly place: 'edge' | 'here';
}

export interface Api {
  listModels(signal: AbortSignal): Promise<readonly ModelSummary[]>;
  readModel(name: string, signal: AbortSignal): Promise<ModelResponse>;
  readVersion(name: string, version: string, signal: AbortSignal): Promise<Manifest>;
  /** The text of one of a version's files: `card`, `tree.json`, `baseline.json`. */
  readFile(name: string, version: string, file: string, signal: AbortSignal): Promise<string>;
  /** The API's document; of the default model when none is named. */
  readReference(name: string | null, signal: AbortSignal): Promise<Reference>;
  /** The bytes of a version's model.onnx. */
  readModelBytes(name: string, version: string): Promise<Uint8Array>;
  /** The text at an address of this server. */
  readText(path: string, request?: RequestInit): Promise<string>;
  predict(name: string, row: Row, signal: AbortSignal): Promise<Answer>;
  /** Many rows at once, by one version. */
  predictRows(
    name: string,
    version: string,
    rows: readonly Row[],
    signal: AbortSignal,
  ): Promise<PredictResponse>;
  explain(name: string, version: string, row: Row, signal: AbortSignal): Promise<Why>;
  /** Rows and answers as CSV, by one version. */
  predictCsv(name: string, version: string, csv: string, signal: AbortSignal): Promise<string>;
}

/** The type of a problem that says no more than its status (RFC 9457, 4.2.1). */
export const NO_REASON = 'about:blank';

/** The API answered with a problem. */
export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ApiError';
    this.problem = problem;
  }
}

/** There was no answer at all: no network, or no server. */
export class UnreachableError extends Error {
  constructor(options: ErrorOptions) {
    super('the server cannot be reached', options);
    this.name = 'UnreachableError';
  }
}

/** `now` in milliseconds. All calls throw ApiError, UnreachableError, ParseError, or the signal's abort. */
export function createApi(fetch: typeof globalThis.fetch, now: () => number): Api {
  const client = createClient({ url: '', fetch });

  async function ask(path: string, request: RequestInit): Promise<string> {
    const { ok, status, text } = await reach(path, request);
    if (ok) return text;
    throw new ApiError(problemOf(status, text));
  }

  async function reach(path: string, request: RequestInit) {
    try {
      const response = await fetch(path, request);
      return { ok: response.ok, status: response.status, text: await response.text() };
    } catch (cause) {
      if (request.signal?.aborted) throw cause;
      throw new UnreachableError({ cause });
    }
  }

  return {
    listModels: async (signal) => parseModels(await ask(MODELS_PATH, { signal })),
    // What is live is never out of a cache.
    readModel: async (name, signal) =>
      parseModel(await ask(modelPath(name), { signal, cache: 'no-cache' })),
    readVersion: async (name, version, signal) =>
      parseManifest(await ask(versionPath(name, version), { signal })),
    readFile: (name, version, file, signal) =>
      ask(`${versionPath(name, version)}/${file}`, { signal }),
    readReference: async (name, signal) =>
      parseOpenApi(await ask(`${name === null ? '' : modelPath(name)}/openapi.json`, { signal })),
    predictRows: (name, version, rows, signal) =>
      client.predict(name, rows, { version, signal }).catch(rethrow),
    explain: async (name, version, row, signal) =>
      parseWhy(await ask(`${versionPath(name, version)}/explain`, post({ rows: [row] }, signal))),
    async readModelBytes(name, version) {
      const path = `${versionPath(name, version)}/model.onnx`;
      const response = await fetch(path).catch((cause: unknown) => {
        throw new UnreachableError({ cause });
      });
      if (!response.ok) throw new ApiError(problemOf(response.status, await response.text()));
      return new Uint8Array(await response.arrayBuffer());
    },
    readText: (path, request = {}) => ask(path, request),
    predictCsv: (name, version, body, signal) =>
      ask(`${versionPath(name, version)}/predict`, {
        method: 'POST',
        headers: { 'content-type': 'text/csv' },
        body,
        signal,
      }),
    async predict(name, row, signal) {
      const begun = now();
      const response = await client.predict(name, [row], { signal }).catch(rethrow);
      return { response, milliseconds: now() - begun, place: 'edge' };
    },
  };
}

const post = (body: unknown, signal: AbortSignal): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
  signal,
});

/** A fault of the client as the pages know it: nobody there, a problem, or an answer that cannot be read (its cause). */
function rethrow(error: unknown): never {
  if (!(error instanceof ClientError)) throw error;
  const { status, body, cause } = error;
  if (status === 0) throw new UnreachableError({ cause: error });
  throw cause ?? new ApiError(problemOf(status, body));
}

export const MODELS_PATH = '/v1/models';

export const modelPath = (name: string): string => pathOf('v1', name, undefined);

export const versionPath = (name: string, version: string): string => pathOf('v1', name, version);

/** What stands between page and API (a proxy, a platform's error page) does not speak problem+json. */
function problemOf(status: number, text: string): Problem {
  try {
    return parseProblem(text);
  } catch {
    return {
      type: NO_REASON,
      title: `HTTP ${status}`,
      status,
      detail: '',
    };
  }
}
