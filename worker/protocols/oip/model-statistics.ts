// Triton's statistics extension, as far as an isolate can know it: counts since this isolate was asked for the version.

import type { Predictor } from '../../inference/predictor.ts';

const NANOSECONDS = 1_000_000;

/** Times are of the runtime alone; a deployed Worker's clock stands still while it computes, and they are 0 there. */
export function modelStatistics({ manifest, statistics }: Predictor): object {
  const { requests, rows, refused, errors, run_ms, last_ms } = statistics;
  const answered = requests - errors;
  const duration = (count: number, milliseconds: number): object => ({
    count,
    ns: Math.round(milliseconds * NANOSECONDS),
  });
  return {
    name: manifest.model,
    version: manifest.version,
    last_inference: last_ms,
    inference_count: rows,
    execution_count: answered,
    inference_stats: {
      success: duration(answered, run_ms),
      fail: duration(refused + errors, 0),
      queue: duration(answered, 0),
      compute_input: duration(answered, 0),
      compute_infer: duration(answered, run_ms),
      compute_output: duration(answered, 0),
    },
    batch_stats: [],
  };
}
