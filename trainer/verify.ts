// The proof that the ONNX file answers as the trainer did: every row of the table and many hard ones, through
// onnxruntime itself. One difference and nothing is published.

import * as ort from 'onnxruntime-web';
import { termValue } from '#contract/model/linear.ts';
import { leafOf, predictTrees, type TreeEnsemble } from '#contract/model/tree.ts';
import type { Manifest } from '#contract/manifest.ts';
import type { OnnxModel } from './convert/convert.ts';
import type { FittedModel } from './fit/fitted-model.ts';
import { likeliest } from '#contract/model/likeliest.ts';

/**
 * What two answers may differ by and count as equal: the last bits of exp and of long sums. Probabilities differ by so much
 * absolutely, a number by so much of itself where it is more than 1. Where a linear term is part of the sum, by so much of the
 * sum of the terms' absolute values, since large terms may cancel (Higham 2002, section 4.2). Sums of trees alone have no such bits:
 * they are equal.
 */
export const TOLERANCE = 1e-6;

const BATCH = 4096;

/**
 * Every row is compared with the walk over the fitted trees (fit/walk.ts), and each so many-th with ml-cart's own nodes and
 * with tree.json besides, which take a hundred times as long; that all three are equal is a law in the tests.
 */
const NODES_EVERY = 16;

export interface VerifyOptions {
  readonly onnx: OnnxModel;
  readonly model: FittedModel;
  /** Encoded rows, one [count, width] block after another. */
  readonly blocks: readonly Float32Array<ArrayBuffer>[];
  readonly onProgress?: (rows: number) => void;
}

export type Parity = Manifest['parity'];

/** The converted model disagrees with the fitted one. */
export class ParityError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ParityError';
  }
}

/** Answers how many rows were compared. Throws ParityError with the first row that differs and both answers. */
export async function verify({ onnx, model, blocks, onProgress }: VerifyOptions): Promise<Parity> {
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(onnx.bytes);
  const [input, output] = [onnx.inputs[0]!, onnx.outputs[0]!];
  const width = input.shape[1]!;
  const outputs = output.shape[1]!;
  let [rows, largest] = [0, 0];
  try {
    for (const batch of blocks.flatMap((block) => batchesOf(block, width))) {
      const count = batch.length / width;
      const feeds = { [input.name]: new ort.Tensor('float32', batch, [count, width]) };
      const answers = (await session.run(feeds))[output.name]!.data;
      if (!(answers instanceof Float32Array) || answers.length !== count * outputs)
        throw new ParityError(`output ${output.name} is not [${count}, ${outputs}] float32`);
      const expected = model.predictAll(batch);
      for (let row = 0; row < count; row++) {
        const answer = answers.subarray(row * outputs, (row + 1) * outputs);
        const offset = row * width;
        const expectations: ArrayLike<number>[] = [expected[row]!];
        if ((rows + row) % NODES_EVERY === 0)
          expectations.push(
            model.predict(batch, offset),
            predictTrees(model.ensemble, batch, offset),
          );
        for (const one of expectations)
          largest = Math.max(largest, differenceAt(model, batch, offset, width, answer, one));
      }
      rows += count;
      onProgress?.(rows);
    }
  } finally {
    await session.release();
  }
  return { rows, label_differences: 0, max_difference: largest };
}

/** The largest difference of `answer` from what was expected, as `TOLERANCE` measures it; throws when it is one too many. */
function differenceAt(
  { ensemble }: FittedModel,
  rows: Float32Array,
  offset: number,
  width: number,
  answer: Float32Array,
  expected: ArrayLike<number>,
): number {
  let largest = 0;
  const isNumber = ensemble.outputs === 1;
  const isSum = ensemble.linear === undefined && ensemble.post_transform === undefined;
  const tolerance = isSum ? 0 : TOLERANCE;
  // Adding up absolute values takes as long as an answer, and most answers do without.
  let terms: number | null = null;
  const magnitude = (): number => (terms ??= magnitudeAt(ensemble, rows, offset));
  for (let output = 0; output < answer.length; output++) {
    const scale = isNumber ? Math.max(1, Math.abs(expected[output]!)) : 1;
    let difference = Math.abs(answer[output]! - expected[output]!) / scale;
    if (difference > tolerance && ensemble.linear !== undefined)
      difference *= scale / Math.max(scale, magnitude());
    // Written so that NaN counts as a difference.
    if (!(difference <= tolerance)) throw parityError(rows, offset, width, expected, answer);
    largest = Math.max(largest, difference);
  }
  const [label, other] = [likeliest(expected), likeliest(answer)];
  if (label === other) return largest;
  // Labels whose probabilities are as good as equal have no order: either may be the likeliest.
  const least = ensemble.linear === undefined ? 1 : Math.max(1, magnitude());
  if (!(expected[label]! - expected[other]! <= TOLERANCE * least))
    throw parityError(rows, offset, width, expected, answer);
  return largest;
}

/** Σ |term| of the sum that makes the answer to the encoded row at `offset`: of the output where that is most. */
export function magnitudeAt(ensemble: TreeEnsemble, rows: Float32Array, offset: number): number {
  const { base_values, trees, linear } = ensemble;
  const leaves = trees.map((tree) => tree.value[leafOf(tree, rows, offset)]!);
  const sums = base_values.map((base, output) => {
    let sum = Math.abs(base) + Math.abs(linear?.intercept[output] ?? 0);
    for (const leaf of leaves) sum += Math.abs(leaf[output]!);
    linear?.terms.forEach((term, place) => {
      sum += Math.abs(termValue(term, rows[offset + place]!, output));
    });
    return sum;
  });
  return Math.max(...sums);
}

function parityError(
  rows: Float32Array,
  offset: number,
  width: number,
  expected: ArrayLike<number>,
  answer: ArrayLike<number>,
): ParityError {
  const row = [...rows.subarray(offset, offset + width)].join(', ');
  const [label, other] = [likeliest(expected), likeliest(answer)];
  return new ParityError(
    `parity broken at [${row}]: the trainer answers ${expected[label]} (output ${label}), ` +
      `the ONNX file ${answer[other]} (output ${other})`,
  );
}

function batchesOf(block: Float32Array<ArrayBuffer>, width: number): Float32Array<ArrayBuffer>[] {
  const batches: Float32Array<ArrayBuffer>[] = [];
  for (let start = 0; start < block.length; start += BATCH * width)
    batches.push(block.subarray(start, start + BATCH * width));
  return batches;
}
