// A predictor: one loaded version. A tabular one goes from checked rows to outputs here; one of tensors alone is asked by the
// Open Inference Protocol's door only.

import { takesPackedRows } from '#contract/features/bind-features.ts';
import { createColumnEncoder, type ColumnBatch } from '#contract/features/encode-columns.ts';
import { createEncoder, type Encoder, type Findings } from '#contract/features/encode-row.ts';
import {
  isTabular,
  type Manifest,
  type TabularManifest,
  type TensorManifest,
} from '#contract/manifest.ts';
import { invalidRequest, ProblemError } from '#contract/problem.ts';
import type { Statistics } from '../traffic/statistics.ts';
import type { Runtime } from './runtime.ts';
import { createSession, type Session } from './session.ts';
import { createTensorSession, type TensorSession } from './tensor-session.ts';

interface Loaded {
  /** Bytes of linear memory the session holds: reckoned, or measured where that was more. */
  readonly bytes: number;
  readonly statistics: Statistics;
  readonly manifestSha256: string;
  /** For every answer of this version: its number, and the hash of its manifest. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Rows go in as one float32 tensor: the quickest way. */
export interface PackedPredictor extends Loaded {
  readonly manifest: TabularManifest;
  readonly encoder: Encoder;
  readonly columns: null;
  readonly session: Session;
  /** Looks at what is answered, where the model has a canary or a shadow; null where it has none. */
  readonly watch: Watch | null;
}

/** Rows go in as the inputs the file has: one a column, texts, float64. */
export interface ColumnPredictor extends Loaded {
  readonly manifest: TabularManifest;
  readonly encoder: Encoder;
  /** Begins a batch. */
  readonly columns: () => ColumnBatch;
  readonly session: TensorSession;
}

export type TabularPredictor = PackedPredictor | ColumnPredictor;

export interface TensorPredictor extends Loaded {
  readonly manifest: TensorManifest;
  readonly encoder: null;
  readonly session: TensorSession;
}

export type Predictor = TabularPredictor | TensorPredictor;

/** What it is given is not its own: it copies what it keeps. Never throws. */
export type Watch = (features: Float32Array, rows: number, outputs: Float32Array) => void;

export interface Inference {
  /** Row-major: per row the probabilities in the order of the labels, or the one value. */
  readonly outputs: Float32Array;
  readonly rows: number;
  readonly warnings: Findings['warnings'];
  readonly runMilliseconds: number;
}

/** Runs encoded rows. Throws ProblemError (invalid_request) when encoding them found faults. */
export function infer(
  predictor: PackedPredictor,
  features: Float32Array,
  rows: number,
  findings: Findings,
): Inference {
  const { session, statistics } = predictor;
  if (findings.faults.length > 0) {
    statistics.refused++;
    throw invalidRequest(findings.faults);
  }
  const started = performance.now();
  const outputs = countingErrors(statistics, () => session.run(features, rows));
  const runMilliseconds = performance.now() - started;
  countRun(statistics, rows, runMilliseconds);
  if (predictor.watch !== null) predictor.watch(features, rows, outputs);
  return { outputs, rows, warnings: findings.warnings, runMilliseconds };
}

/** Encodes rows that are objects; `pointer` is the place of their list in the request. */
export function encodeRows(
  encoder: Encoder,
  rows: readonly unknown[],
  pointer: string,
  findings: Findings,
): Float32Array {
  const features = new Float32Array(rows.length * encoder.width);
  for (let row = 0; row < rows.length; row++)
    encoder.encodeRow(rows[row], features, row * encoder.width, `${pointer}/${row}`, findings);
  return features;
}

/** Rows that came as columns, one for each feature in the order of the signature. */
export interface Columns {
  readonly rows: number;
  readonly values: readonly ArrayLike<unknown>[];
  /** The place of a value in the request (RFC 6901). */
  pointer(feature: number, row: number): string;
}

export function encodeColumns(
  encoder: Encoder,
  columns: Columns,
  findings: Findings,
): Float32Array {
  const { rows, values, pointer } = columns;
  const { width, encodeValues, offsets } = encoder;
  const encoded = new Float32Array(rows * width);
  encodeValues.forEach((encode, feature) => {
    const column = values[feature]!;
    const offset = offsets[feature]!;
    for (let row = 0; row < rows; row++)
      encode(column[row], encoded, row * width + offset, () => pointer(feature, row), findings);
  });
  return encoded;
}

export const noFindings = (): Findings => ({ faults: [], warnings: [] });

/** A session holds about twelve times its file (docs/decisions/004), and a megabyte at least. */
export function sessionBytes(modelBytes: number): number {
  return Math.max(1_048_576, modelBytes * 12);
}

/** Runs; what it throws is the version's own fault, and counts as a request that failed. */
export function countingErrors<T>(statistics: Statistics, run: () => T): T {
  try {
    return run();
  } catch (error) {
    statistics.requests++;
    statistics.errors++;
    throw error;
  }
}

/** One request that ran. */
export function countRun(statistics: Statistics, rows: number, milliseconds: number): void {
  statistics.requests++;
  statistics.rows += rows;
  statistics.run_ms += milliseconds;
  statistics.last_ms = Date.now();
}

export interface Version {
  readonly manifest: Manifest;
  /** Of its manifest.json. */
  readonly manifestSha256: string;
  /** Its model.onnx. */
  readonly file: Uint8Array;
  readonly statistics: Statistics;
}

/** Throws RuntimeFault when ONNX Runtime refuses the file, or it is not what the manifest says. */
export function createPredictor(runtime: Runtime, version: Version): Predictor {
  const { manifest, manifestSha256, file, statistics } = version;
  const headers = {
    'x-model-version': manifest.version,
    'x-model-manifest-sha256': manifestSha256,
  };
  const loaded = { bytes: sessionBytes(file.length), statistics, manifestSha256, headers };
  if (!isTabular(manifest))
    return { manifest, encoder: null, session: createTensorSession(runtime, file), ...loaded };
  const { signature, tensors } = manifest;
  const tabular = { manifest, encoder: createEncoder(signature), ...loaded };
  if (!takesPackedRows(tensors))
    return {
      ...tabular,
      columns: createColumnEncoder(signature, tensors.inputs),
      session: createTensorSession(runtime, file),
    };
  const session = createSession(runtime, file, tensors.outputs[0]!.name);
  return { ...tabular, columns: null, session, watch: null };
}

/** The predictor of rows that every door but one asks. Throws ProblemError (tensors_only) with the address of that one. */
export function requireTabular(predictor: Predictor): TabularPredictor {
  if (predictor.encoder !== null) return predictor;
  const { model, tensors } = predictor.manifest;
  const names = tensors.inputs.map(({ name }) => name).join(', ');
  throw new ProblemError(
    'tensors_only',
    `${model} takes tensors (${names}) and not rows: POST /v2/models/${model}/infer`,
  );
}
