// Requests that are right, over every address: what the fuzzer starts from, and what must still be answered afterwards.

import { encodeElements } from '#contract/tensors/tensor-data.ts';
import { bytesOf, flat, withoutData } from '../conformance/oip/tensors.ts';
import type { FuzzSubject } from './subject.ts';

/** The body before it is bytes, so that mutations can reach into it. */
export type Draft =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly value: unknown; readonly tails?: readonly Uint8Array[] }
  | { readonly kind: 'lines'; readonly values: readonly unknown[] }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

export interface Seed {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Draft;
}

export const LENGTH = 'inference-header-content-length';

/** Stands for the length of the JSON, which is known when the body is written. */
export const JSON_LENGTH = 'json';

const NONE: Draft = { kind: 'none' };

const get = (path: string, headers: Seed['headers'] = {}): Seed => ({
  method: 'GET',
  path,
  headers,
  body: NONE,
});

const post = (
  path: string,
  type: string | null,
  body: Draft,
  headers: Seed['headers'] = {},
): Seed => ({
  method: 'POST',
  path,
  headers: type === null ? headers : { 'content-type': type, ...headers },
  body,
});

const json = (path: string, value: unknown): Seed =>
  post(path, 'application/json', { kind: 'json', value });

const csv = (path: string, type: string, text: string): Seed =>
  post(path, type, { kind: 'text', text });

/** Tensors behind the JSON, as tritonclient sends them. */
function binary(path: string, { tensors }: FuzzSubject): Seed {
  const tails = tensors.map(bytesOf);
  const inputs = tensors.map((tensor, index) => ({
    ...withoutData(tensor),
    parameters: { binary_data_size: tails[index]!.length },
  }));
  const value = { id: 'fuzz', inputs, parameters: { binary_data_output: true } };
  return post(path, null, { kind: 'json', value, tails }, { [LENGTH]: JSON_LENGTH });
}

export function corpus(subject: FuzzSubject): readonly Seed[] {
  return [
    ...readings(subject),
    ...ownDoor(subject),
    ...inferences(subject),
    ...dataframes(subject),
  ];
}

function readings({ ready }: FuzzSubject): readonly Seed[] {
  const [v1, v2] = [`/v1/models/${ready}`, `/v2/models/${ready}`];
  const paths = [
    '/v1/models',
    v1,
    `${v1}/versions/1`,
    `${v1}/versions/1/model.onnx`,
    `${v1}/openapi.json`,
    '/openapi.json',
    '/problems/too-large',
    '/ping',
    '/health',
    '/version',
    '/v2',
    '/v2/health/live',
    '/v2/health/ready',
    '/v2/models',
    v2,
    `${v2}/versions/champion`,
    `${v2}/ready`,
    `${v2}/config`,
    `/api/2.0/mlflow/registered-models/get?name=${ready}`,
    `/api/2.0/mlflow/registered-models/search?max_results=2`,
    `/api/2.0/mlflow/registered-models/alias?name=${ready}&alias=champion`,
    `/api/2.0/mlflow/model-versions/search?filter=${encodeURIComponent(`name = '${ready}'`)}`,
    `/api/2.0/mlflow-artifacts/artifacts?path=${ready}/1`,
    `/api/2.0/mlflow-artifacts/artifacts/${ready}/1/model.onnx`,
  ];
  return [
    ...paths.map((path) => get(path)),
    get(`${v1}/versions/1/model.onnx`, { range: 'bytes=0-9' }),
    json('/v2/repository/index', { ready: true }),
  ];
}

function ownDoor({ ready, rows, columns, records }: FuzzSubject): readonly Seed[] {
  const v1 = `/v1/models/${ready}`;
  return [
    json(`${v1}/predict`, { rows }),
    json(`${v1}/predict`, { columns }),
    json(`${v1}/versions/1/predict`, { rows }),
    json(`${v1}/explain`, { rows, top: 2 }),
    json(`${v1}/aliases/champion`, { version: '1', reason: 'to see' }),
    post(`${v1}/predict`, 'application/x-ndjson', { kind: 'lines', values: rows }),
    csv(`${v1}/predict`, 'text/csv', records),
  ];
}

function inferences(subject: FuzzSubject): readonly Seed[] {
  const { ready, tensors, packed, outputs } = subject;
  const path = `/v2/models/${ready}/infer`;
  const inputs = tensors.map(flat);
  const asked = outputs.map((name, index) => ({
    name,
    parameters: index % 2 === 0 ? { binary_data: true } : { priority: 1 },
  }));
  const floats = encodeElements('FP32', packed.elements);
  return [
    json(path, { id: 'fuzz', inputs }),
    json(path, { id: 'fuzz', inputs, outputs: asked }),
    json(`/v2/models/${ready}/versions/1/infer`, { id: 'fuzz', inputs: [flat(packed)] }),
    binary(path, subject),
    post(path, null, { kind: 'bytes', bytes: floats }, { [LENGTH]: '0' }),
  ];
}

function dataframes({ ready, rows, columns, records }: FuzzSubject): readonly Seed[] {
  const own = `/v1/models/${ready}/invocations`;
  const names = Object.keys(columns);
  const data = rows.map((row) => names.map((name) => row[name]));
  return [
    json(own, { dataframe_split: { columns: names, data } }),
    json(own, { dataframe_records: rows }),
    json(own, { instances: data }),
    json(own, { inputs: columns }),
    csv(own, 'application/csv', records),
    // The default model may be another one, and refuse these: what counts is that it says so in its form.
    json('/invocations', { inputs: columns }),
    csv('/invocations', 'text/csv', records),
  ];
}
