// POST /v1/models/{model}/predict: rows as the signature names them, at once or as a stream of NDJSON.

import { parseObject } from '#contract/shapes/parse.ts';
import type {
  ClassPrediction,
  NumberPrediction,
  PredictRequest,
  PredictResponse,
} from '#contract/predict.ts';
import type { Problem } from '#contract/problem.ts';
import {
  ask,
  asClientError,
  askJson,
  modelPath,
  type CallOptions,
  type Connection,
} from './connection.ts';
import { lines } from './lines.ts';
import { parsePredictResponse } from './predict-answer.ts';
import { rowStream, type Row } from './row-stream.ts';

export interface PredictOptions extends CallOptions {
  readonly version?: string;
}

/** The answer to one row of a stream; `row` counts from 1. */
export type StreamedPrediction = { readonly row: number } & (
  ClassPrediction | NumberPrediction | { readonly error: Problem }
);

export function predict(
  connection: Connection,
  model: string,
  rows: readonly Row[],
  options: PredictOptions,
): Promise<PredictResponse> {
  const path = `${modelPath('v1', model, options.version)}/predict`;
  const body = JSON.stringify({ rows } satisfies PredictRequest);
  const headers = { 'content-type': 'application/json' };
  return askJson(
    connection,
    path,
    { ...options, method: 'POST', headers, body },
    parsePredictResponse,
  );
}

/**
 * Sends rows as they come and yields answers as they come; a bad row is answered with its `error` and ends nothing.
 * Leaving the loop early ends the request. Throws ClientError when the request as a whole is refused.
 */
export async function* predictStream(
  connection: Connection,
  model: string,
  rows: AsyncIterable<Row> | Iterable<Row>,
  options: PredictOptions,
): AsyncGenerator<StreamedPrediction, void, undefined> {
  const path = `${modelPath('v1', model, options.version)}/predict`;
  const response = await ask(connection, path, {
    ...options,
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: await requestBody(rows),
  });
  if (response.body === null) return;
  try {
    for await (const line of lines(response.body)) yield parseLine(line);
  } catch (cause) {
    throw asClientError(cause, options.signal, 'the answer broke off', response);
  }
}

/** Browsers send a body that is still being made over HTTP/2 only, or not at all: there the rows are gathered first. */
function requestBody(rows: AsyncIterable<Row> | Iterable<Row>): Promise<BodyInit> | BodyInit {
  const stream = rowStream(rows);
  const isBrowser = globalThis.navigator?.userAgent?.startsWith('Mozilla/') ?? false;
  return isBrowser ? new Response(stream).blob() : stream;
}

const parseLine = (line: string): StreamedPrediction =>
  parseObject(JSON.parse(line), '') as unknown as StreamedPrediction;
