// What a run of the benchmark found, as it is written to JSON.

import type { ColdStart } from './cold-start.ts';
import type { Curve } from './growth.ts';
import type { Measurement } from './rounds.ts';

export interface Results {
  readonly command: string;
  readonly commit: string;
  readonly measured_at: string;
  readonly machine: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly model: string;
  readonly upload_bytes: number;
  readonly upload_gzip_bytes: number;
  readonly measurements: readonly Measurement[];
  readonly cold_starts: readonly ColdStart[];
  /** Milliseconds inside ONNX Runtime's WebAssembly for 1,000 rows; null when not asked. */
  readonly run_1000: number | null;
  /** Microseconds of CPU for the contributions of one row; null when not asked. */
  readonly explain_row: number | null;
  readonly growth: readonly Curve[];
}

export const GHARIAL = 'Gharial';
export const HELLO = 'hello world';
export const HELLO_READS = 'hello world that reads JSON';
export const FASTAPI = 'FastAPI + scikit-learn';
export const FASTIFY = 'Fastify + onnxruntime-node';

/** Null when that server or scenario was not part of the run. */
export function measurementOf(
  { measurements }: Results,
  server: string,
  scenario: string,
): Measurement | null {
  return (
    measurements.find((found) => found.server === server && found.scenario === scenario) ?? null
  );
}
