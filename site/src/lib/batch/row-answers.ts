// What comes back for the rows of a file, wherever they were answered.

import { shortestDecimal } from '#contract/tensors/float32.ts';
import type { Fault } from '#contract/features/encode-row.ts';
import { invalidRequest } from '#contract/problem.ts';
import type { Target } from '#contract/signature.ts';

/** A label with its probability, a number, or why not. */
export interface RowAnswer {
  readonly answer: string;
  /** Null for a number, and for a row that was refused. */
  readonly probability: number | null;
  readonly error: string;
}

/** Answers the next records of a file, in their order. */
export interface RowAnswerer {
  /** How many at a time: enough that the way there and back costs little, few enough that progress is seen. */
  readonly rows: number;
  answer(
    records: readonly (readonly string[])[],
    signal: AbortSignal,
  ): Promise<readonly RowAnswer[]>;
  close(): void;
}

/**
 * What the model put out for each record, in the words of the API's CSV. `outputs` is [records][labels], or one value each;
 * `faults` are those of each record.
 */
export function answersOf(
  target: Target,
  outputs: Float32Array,
  faults: readonly (readonly Fault[])[],
): readonly RowAnswer[] {
  const width = faults.length === 0 ? 0 : outputs.length / faults.length;
  return faults.map((found, at) => {
    if (found.length > 0)
      return { answer: '', probability: null, error: invalidRequest(found).message };
    const values = outputs.subarray(at * width, (at + 1) * width);
    if (target.type === 'number')
      return { answer: shortestDecimal(values[0]!), probability: null, error: '' };
    let best = 0;
    for (let label = 1; label < values.length; label++)
      if (values[label]! > values[best]!) best = label;
    const probability = Number(shortestDecimal(values[best]!));
    return { answer: target.labels[best]!, probability, error: '' };
  });
}
