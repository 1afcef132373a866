// A predictor: one loaded version, from checked rows to predictions. The only place where labels meet probabilities.

import { createEncoder, type Encoder, type Findings } from '#contract/encode.ts';
import type { Manifest } from '#contract/manifest.ts';
import type { Session } from './session.ts';

export interface Predictor {
  readonly manifest: Manifest;
  readonly encoder: Encoder;
  readonly session: Session;
  /** Bytes of linear memory the session is reckoned to hold. */
  readonly bytes: number;
}

export interface Inference {
  /** Row-major: per row the probabilities in the order of the labels, or the one value. */
  readonly outputs: Float32Array;
  readonly rows: number;
  readonly warnings: Findings['warnings'];
}

/** Encodes and runs `rows`; answers the faults instead when there are any. `pointer` is where the rows are in the request. */
export function inferRows(
  predictor: Predictor,
  rows: readonly unknown[],
  pointer: string,
): Inference | { readonly faults: Findings['faults'] } {
  const { encoder, session } = predictor;
  const features = new Float32Array(rows.length * encoder.width);
  const findings: Findings = { faults: [], warnings: [] };
  for (let row = 0; row < rows.length; row++)
    encoder.encodeRow(rows[row], features, row * encoder.width, `${pointer}/${row}`, findings);
  if (findings.faults.length > 0) return { faults: findings.faults };
  return {
    outputs: session.run(features, rows.length),
    rows: rows.length,
    warnings: findings.warnings,
  };
}

/** A session holds about twelve times its file (docs/decisions/004), and a megabyte at least. */
export function sessionBytes(modelBytes: number): number {
  return Math.max(1_048_576, modelBytes * 12);
}

export function createPredictor(manifest: Manifest, session: Session, bytes: number): Predictor {
  return { manifest, encoder: createEncoder(manifest.signature), session, bytes };
}
