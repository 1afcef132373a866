// Rows of a request → an inference, by whichever way the model's file takes rows.

import type { TensorValue } from '#contract/tensors/tensor-data.ts';
import type { Findings } from '#contract/features/encode-row.ts';
import { invalidRequest, ProblemError } from '#contract/problem.ts';
import {
  countRun,
  encodeColumns,
  encodeRows,
  infer,
  type ColumnPredictor,
  type Columns,
  type Inference,
  type TabularPredictor,
} from './predictor.ts';
import { RuntimeFault } from './runtime-fault.ts';

/** Rows that are objects; `pointer` is the place of their list in the request. Throws ProblemError (invalid_request). */
export function inferRows(
  predictor: TabularPredictor,
  rows: readonly unknown[],
  pointer: string,
  findings: Findings,
): Inference {
  if (predictor.columns === null) {
    const features = encodeRows(predictor.encoder, rows, pointer, findings);
    return infer(predictor, features, rows.length, findings);
  }
  const batch = predictor.columns();
  rows.forEach((row, index) => batch.addRow(row, `${pointer}/${index}`, findings));
  return inferBatch(predictor, batch.tensors(), rows.length, findings);
}

/** Rows that came as columns. Throws ProblemError (invalid_request). */
export function inferColumns(
  predictor: TabularPredictor,
  columns: Columns,
  findings: Findings,
): Inference {
  const { rows, values, pointer } = columns;
  if (predictor.columns === null)
    return infer(predictor, encodeColumns(predictor.encoder, columns, findings), rows, findings);
  const batch = predictor.columns();
  for (let row = 0; row < rows; row++)
    batch.addValues(
      (feature) => values[feature]![row],
      (feature) => pointer(feature, row),
      findings,
    );
  return inferBatch(predictor, batch.tensors(), rows, findings);
}

/** Runs rows that were encoded as columns. Throws ProblemError (invalid_request) when that found faults, or the file refuses. */
export function inferBatch(
  { manifest, session, statistics }: ColumnPredictor,
  tensors: readonly TensorValue[],
  rows: number,
  { faults, warnings }: Findings,
): Inference {
  if (faults.length > 0) {
    statistics.refused++;
    throw invalidRequest(faults);
  }
  const { inputs, outputs } = manifest.tensors;
  const started = performance.now();
  try {
    const byName = new Map(inputs.map(({ name }, index) => [name, tensors[index]!]));
    const values = session.inputs.map(({ name }) => byName.get(name)!);
    const [answer] = session.run(values, [outputs[0]!.name]);
    const { target } = manifest.signature;
    const width = target.type === 'category' ? target.labels.length : 1;
    if (answer!.elements.length !== rows * width)
      throw new RuntimeFault(`${answer!.elements.length} values for ${rows} rows`);
    const runMilliseconds = performance.now() - started;
    countRun(statistics, rows, runMilliseconds);
    return {
      outputs: Float32Array.from(answer!.elements, Number),
      rows,
      warnings,
      runMilliseconds,
    };
  } catch (cause) {
    statistics.refused++;
    if (!(cause instanceof RuntimeFault)) throw cause;
    // An encoder in the file that knows its categories alone refuses others, for one.
    const detail = `${manifest.model} cannot run on this: ${cause.message}`;
    throw new ProblemError('invalid_request', detail, { cause });
  }
}
