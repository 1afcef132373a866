// The same rows through every door, in every form it takes; every answer as labels and float32 probabilities.

import { createClient } from '#client/create-client.ts';
import { parseAnswer } from '#client/infer-answer.ts';
import type { InferInput } from '#client/infer-request.ts';
import type { RowValue } from '#contract/features/cell.ts';
import { createEncoder } from '#contract/features/encode-row.ts';
import type { TabularManifest } from '#contract/manifest.ts';
import type { ClassPrediction } from '#contract/predict.ts';
import type { TensorMetadata } from '#contract/tensors/tensor.ts';
import { parse } from 'csv-parse/sync';
import { exports } from 'cloudflare:workers';
import { ask, ORIGIN } from './ask.ts';
import type { Row } from './made-rows.ts';

export interface Asked {
  readonly manifest: TabularManifest;
  readonly inputs: readonly TensorMetadata[];
  readonly rows: readonly Row[];
}

export interface Answered {
  readonly labels: readonly string[];
  /** Row-major; null for a form that gives labels alone. */
  readonly probabilities: Float32Array | null;
}

export type Door = (asked: Asked) => Promise<Answered>;

const client = createClient({
  url: ORIGIN,
  fetch: (url, init) => exports.default.fetch(url, init),
});

async function sent(path: string, type: string, body: BodyInit): Promise<Response> {
  const response = await ask(path, { method: 'POST', headers: { 'content-type': type }, body });
  if (response.status !== 200)
    throw new Error(`${path} answers ${response.status}: ${await response.text()}`);
  return response;
}

const sentJson = (path: string, value: unknown): Promise<Response> =>
  sent(path, 'application/json', JSON.stringify(value));

const namesOf = ({ manifest }: Asked): readonly string[] =>
  manifest.signature.features.map(({ name }) => name);
const column = ({ rows }: Asked, name: string): readonly RowValue[] =>
  rows.map((row) => row[name]!);
const columnsOf = (asked: Asked): object =>
  Object.fromEntries(namesOf(asked).map((name) => [name, column(asked, name)]));
const valuesOf = (asked: Asked): readonly (readonly RowValue[])[] =>
  asked.rows.map((row) => namesOf(asked).map((name) => row[name]!));

function csvOf(asked: Asked): string {
  const cell = (value: RowValue): string => {
    const text = String(value ?? '');
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const records = [namesOf(asked), ...valuesOf(asked)].map((cells) => cells.map(cell).join(','));
  return `${records.join('\r\n')}\r\n`;
}

const classesOf = ({ manifest }: Asked, predictions: readonly ClassPrediction[]): Answered => {
  const { target } = manifest.signature;
  const labels = target.type === 'category' ? target.labels : [];
  return {
    labels: predictions.map(({ label }) => label),
    probabilities: Float32Array.from(
      predictions.flatMap(({ probabilities }) => labels.map((label) => probabilities[label]!)),
    ),
  };
};

const predictPath = ({ manifest }: Asked): string => `/v1/models/${manifest.model}/predict`;

const predict =
  (body: (asked: Asked) => object): Door =>
  async (asked) => {
    const response = await sentJson(predictPath(asked), body(asked));
    const { predictions } = await response.json<{ predictions: ClassPrediction[] }>();
    return classesOf(asked, predictions);
  };

const oneByOne: Door = async (asked) => {
  const predictions: ClassPrediction[] = [];
  for (const row of asked.rows) {
    const response = await sentJson(predictPath(asked), { rows: [row] });
    predictions.push((await response.json<{ predictions: ClassPrediction[] }>()).predictions[0]!);
  }
  return classesOf(asked, predictions);
};

const ndjson: Door = async (asked) => {
  const predictions: ClassPrediction[] = [];
  for await (const answer of client.predictStream(asked.manifest.model, asked.rows)) {
    if (!('label' in answer)) throw new Error(`row ${answer.row} was refused`);
    predictions.push(answer);
  }
  return classesOf(asked, predictions);
};

const csv: Door = async (asked) => {
  const response = await sent(predictPath(asked), 'text/csv', csvOf(asked));
  const [header = [], ...records] = parse(await response.text());
  const first = header.findIndex((name) => name.startsWith('p('));
  return {
    labels: records.map((cells) => cells[header.indexOf('label')]!),
    probabilities: Float32Array.from(
      records.flatMap((cells) => cells.slice(first, -1).map(Number)),
    ),
  };
};

const columnInputs = (asked: Asked): readonly InferInput[] =>
  asked.inputs.map(({ name, datatype }) => {
    const data = column(asked, name);
    return { name, datatype, data };
  });

function packedInput({ manifest, rows }: Asked): InferInput {
  const encoder = createEncoder(manifest.signature);
  const data = new Float32Array(rows.length * encoder.width);
  rows.forEach((row, index) =>
    encoder.encodeRow(row, data, index * encoder.width, '', { faults: [], warnings: [] }),
  );
  return { name: manifest.tensors.inputs[0]!.name, shape: [rows.length, encoder.width], data };
}

const infer =
  (
    inputs: (asked: Asked) => readonly InferInput[],
    options: { readonly binary?: boolean; readonly compress?: 'gzip' | 'deflate' } = {},
  ): Door =>
  async (asked) => {
    const call = { inputs: inputs(asked), outputs: ['label', 'probabilities'], ...options };
    const { outputs } = await client.infer(asked.manifest.model, call);
    const [label, probabilities] = outputs;
    if (label?.datatype !== 'BYTES' || probabilities?.datatype !== 'FP32')
      throw new Error('the outputs are of other datatypes than announced');
    return { labels: label.data, probabilities: probabilities.data };
  };

/** The body is the packed tensor, and nothing else. */
const raw: Door = async (asked) => {
  const { data } = packedInput(asked);
  const answer = await ask(`/v2/models/${asked.manifest.model}/infer`, {
    method: 'POST',
    headers: { 'inference-header-content-length': '0' },
    body: (data as Float32Array<ArrayBuffer>).buffer,
  });
  const length = Number(answer.headers.get('inference-header-content-length'));
  const { outputs } = parseAnswer(new Uint8Array(await answer.arrayBuffer()), length);
  const [label, , probabilities] = outputs;
  return {
    labels: label!.data as readonly string[],
    probabilities: probabilities!.data as Float32Array,
  };
};

const invocationsPath = ({ manifest }: Asked): string => `/v1/models/${manifest.model}/invocations`;

const invoke =
  (form: (asked: Asked) => object): Door =>
  async (asked) => {
    const path = invocationsPath(asked);
    const labels = await sentJson(path, form(asked));
    const params = { predict_method: 'predict_proba' };
    const shares = await sentJson(path, { ...form(asked), params });
    return {
      labels: (await labels.json<{ predictions: string[] }>()).predictions,
      probabilities: Float32Array.from(
        (await shares.json<{ predictions: number[][] }>()).predictions.flat(),
      ),
    };
  };

const invokeCsv =
  (type: string): Door =>
  async (asked) => {
    const response = await sent(invocationsPath(asked), type, csvOf(asked));
    const { predictions } = await response.json<{ predictions: string[] }>();
    return { labels: predictions, probabilities: null };
  };

const packedAlone = (asked: Asked): readonly InferInput[] => [packedInput(asked)];

export const DOORS: readonly (readonly [name: string, door: Door])[] = [
  ['/v1 with rows', predict(({ rows }) => ({ rows }))],
  ['/v1 with columns', predict((asked) => ({ columns: columnsOf(asked) }))],
  ['/v1 one row at a time', oneByOne],
  ['/v1 as a stream of NDJSON', ndjson],
  ['/v1 as a stream of CSV', csv],
  ['/v2 with columns in JSON', infer(columnInputs, { binary: false })],
  ['/v2 with columns in JSON, answered in bytes', infer(columnInputs)],
  ['/v2 with columns, packed with gzip', infer(columnInputs, { compress: 'gzip' })],
  ['/v2 with one packed tensor in JSON', infer(packedAlone, { binary: false })],
  ['/v2 with one packed tensor in bytes', infer(packedAlone, { binary: true })],
  [
    '/v2 with one packed tensor in bytes, packed with deflate',
    infer(packedAlone, { compress: 'deflate' }),
  ],
  ['/v2 with raw bytes', raw],
  [
    'MLflow dataframe_split',
    invoke((asked) => ({ dataframe_split: { columns: namesOf(asked), data: valuesOf(asked) } })),
  ],
  ['MLflow dataframe_records', invoke(({ rows }) => ({ dataframe_records: rows }))],
  ['MLflow instances as records', invoke(({ rows }) => ({ instances: rows }))],
  ['MLflow instances as rows', invoke((asked) => ({ instances: valuesOf(asked) }))],
  ['MLflow inputs as columns', invoke((asked) => ({ inputs: columnsOf(asked) }))],
  ['MLflow text/csv', invokeCsv('text/csv')],
  ['MLflow application/csv', invokeCsv('application/csv')],
];
