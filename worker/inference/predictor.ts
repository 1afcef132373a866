// A predictor: one loaded version. A tabular one goes from checked rows to outputs here; one of tensors alone is asked by the
// Open Inference Protocol's door only.

import { createEncoder, type Encoder, type Findings } from '#contract/encode-row.ts';
import {
  isTabular,
  type Manifest,
  type TabularManifest,
  type TensorManifest,
} from '#contract/manifest.ts';
import { invalidRequest, ProblemError } from '#contract/problem.ts';
import type { Runtime } from './runtime.ts';
import { createSession, type Session } from './session.ts';
import { createTensorSession, type TensorSession } from './tensor-session.ts';

interface Loaded {
  /** Bytes of linear memory the session is reckoned to hold. */
  readonly bytes: number;
  readonly statistics: Statistics;
}

export interface TabularPredictor extends Loaded {
  readonly manifest: TabularManifest;
  readonly encoder: Encoder;
  readonly session: Session;
}

export interface TensorPredictor extends Loaded {
  readonly manifest: TensorManifest;
  readonly encoder: null;
  readonly session: TensorSession;
}

export type Predictor = TabularPredictor | TensorPredictor;

/** Counted since the session was created, in this isolate. */
export interface Statistics {
  requests: number;
  rows: number;
  failures: number;
  /** Milliseconds inside the runtime; a deployed Worker's clock stands still while it computes. */
  run_ms: number;
  /** Milliseconds since the epoch; 0 before the first request. */
  last_ms: number;
}

export interface Inference {
  /** Row-major: per row the probabilities in the order of the labels, or the one value. */
  readonly outputs: Float32Array;
  readonly rows: number;
  readonly warnings: Findings['warnings'];
  readonly runMilliseconds: number;
}

/** Runs encoded rows. Throws ProblemError (invalid_request) when encoding them found faults. */
export function infer(
  predictor: TabularPredictor,
  features: Float32Array,
  rows: number,
  findings: Findings,
): Inference {
  const { session, statistics } = predictor;
  if (findings.faults.length > 0) {
    statistics.failures++;
    throw invalidRequest(findings.faults);
  }
  const started = performance.now();
  const outputs = session.run(features, rows);
  const runMilliseconds = performance.now() - started;
  countRun(statistics, rows, runMilliseconds);
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

/** One request that ran. */
export function countRun(statistics: Statistics, rows: number, milliseconds: number): void {
  statistics.requests++;
  statistics.rows += rows;
  statistics.run_ms += milliseconds;
  statistics.last_ms = Date.now();
}

/** Throws RuntimeFault when ONNX Runtime refuses the file, or it is not what the manifest says. */
export function createPredictor(runtime: Runtime, manifest: Manifest, file: Uint8Array): Predictor {
  const statistics = { requests: 0, rows: 0, failures: 0, run_ms: 0, last_ms: 0 };
  const bytes = sessionBytes(file.length);
  if (!isTabular(manifest))
    return {
      manifest,
      encoder: null,
      session: createTensorSession(runtime, file),
      bytes,
      statistics,
    };
  return {
    manifest,
    encoder: createEncoder(manifest.signature),
    session: createSession(runtime, file),
    bytes,
    statistics,
  };
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
