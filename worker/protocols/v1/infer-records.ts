// Rows of a stream through a model that takes columns: each gets an answer or a problem of its own.

import { ProblemError, invalidRequest } from '#contract/problem.ts';
import { inferBatch } from '../../inference/infer-rows.ts';
import { noFindings, type ColumnPredictor } from '../../inference/predictor.ts';
import type { ReadRow } from './row-form.ts';

/** By row: its outputs, or why there are none. */
export function inferRecords(
  predictor: ColumnPredictor,
  records: readonly ReadRow[],
): readonly (Float32Array | ProblemError)[] {
  const batch = predictor.columns();
  const faults = records.map((record) => {
    if ('fault' in record) return new ProblemError('invalid_request', record.fault);
    const findings = noFindings();
    batch.addRow(record.row, '', findings);
    return findings.faults.length === 0 ? null : invalidRequest(findings.faults);
  });
  const good = faults.filter((fault) => fault === null).length;
  if (good === 0) return faults as readonly ProblemError[];
  try {
    const { outputs } = inferBatch(predictor, batch.tensors(), good, noFindings());
    const width = outputs.length / good;
    let next = 0;
    return faults.map((fault) => fault ?? outputs.subarray(next, (next += width)));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    if (records.length === 1) return [error];
    // The file refused one of them: each is asked alone, so that the others are answered.
    return records.flatMap((record) => inferRecords(predictor, [record]));
  }
}
