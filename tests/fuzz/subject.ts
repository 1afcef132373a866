// What the fuzzer knows of the server: a model that answers, and rows of it in every form.

import { createEncoder } from '#contract/features/encode-row.ts';
import { asTabular, parseManifest } from '#contract/manifest.ts';
import { parseModelMetadata } from '#client/metadata.ts';
import type { RowValue } from '#contract/features/cell.ts';
import type { Feature } from '#contract/signature.ts';
import type { Ask } from '../conformance/case.ts';
import type { Tensor } from '../conformance/oip/tensors.ts';

type Row = Readonly<Record<string, RowValue>>;

export interface FuzzSubject {
  readonly ready: string;
  /** Models that are there and cannot answer: 503 is right for them, and for no other. */
  readonly notReady: readonly string[];
  readonly rows: readonly Row[];
  /** The rows by feature. */
  readonly columns: Readonly<Record<string, readonly RowValue[]>>;
  /** The rows as CSV. */
  readonly records: string;
  /** The rows by named tensor. */
  readonly tensors: readonly Tensor[];
  /** The rows as the one tensor of the ONNX file. */
  readonly packed: Tensor;
  /** Names of the model's outputs. */
  readonly outputs: readonly string[];
}

/** A value of a category that nobody trained on: it may be sent, and must not come back in an error. */
export const CANARY = 'canary-5ca1ab1e';

/** Asks the server for what it says of `ready`. Throws Error when it does not answer. */
export async function learnSubject(
  ask: Ask,
  ready: string,
  notReady: readonly string[],
): Promise<FuzzSubject> {
  const { manifest } = (await read(ask, `/v1/models/${ready}`)) as { manifest: unknown };
  const { signature, tensors, examples } = asTabular(parseManifest(JSON.stringify(manifest)));
  const { inputs, outputs } = parseModelMetadata(await read(ask, `/v2/models/${ready}`));
  const { features } = signature;
  const example = examples[0]?.row ?? Object.fromEntries(features.map((f) => [f.name, null]));
  const rows = [example, atMaximum(example, features), withCanary(example, features)];
  const column = (name: string): readonly RowValue[] => rows.map((row) => row[name] ?? null);
  const encoder = createEncoder(signature);
  const packed = new Float32Array(rows.length * encoder.width);
  const findings = { faults: [], warnings: [] };
  rows.forEach((row, index) => encoder.encodeRow(row, packed, index * encoder.width, '', findings));
  return {
    ready,
    notReady,
    rows,
    columns: Object.fromEntries(features.map(({ name }) => [name, column(name)])),
    records: [
      features.map(({ name }) => name).join(','),
      ...rows.map((row) => features.map(({ name }) => String(row[name] ?? '')).join(',')),
      '',
    ].join('\r\n'),
    tensors: inputs.map(({ name, datatype }) => ({
      name,
      datatype,
      shape: [rows.length],
      elements: column(name) as Tensor['elements'],
    })),
    packed: {
      name: tensors.inputs[0]!.name,
      datatype: 'FP32',
      shape: [rows.length, encoder.width],
      elements: Array.from(packed),
    },
    outputs: outputs.map(({ name }) => name),
  };
}

const atMaximum = (row: Row, features: readonly Feature[]): Row =>
  Object.fromEntries(
    features.map((feature) => [
      feature.name,
      feature.type === 'number' ? feature.maximum : (row[feature.name] ?? null),
    ]),
  );

function withCanary(row: Row, features: readonly Feature[]): Row {
  const category = features.find(({ type }) => type === 'category');
  return category === undefined ? row : { ...row, [category.name]: CANARY };
}

async function read(ask: Ask, path: string): Promise<unknown> {
  const { status, text } = await ask({ path });
  if (status !== 200) throw new Error(`${path} answers ${status}: ${text.slice(0, 200)}`);
  return JSON.parse(text);
}
