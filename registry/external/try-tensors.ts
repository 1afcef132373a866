// Somebody's model of tensors run once, by the runtime that serves it, on tensors made up for it.

import { elementCount, type Element, type TensorValue } from '#contract/tensors/tensor-data.ts';
import type { Datatype, TensorMetadata } from '#contract/tensors/tensor.ts';
import type { ServableTensors } from './check-tensors.ts';
import { runtimeReason } from '#engine/onnx/runtime-reason.ts';
import { openTensors, type NamedTensors } from '#engine/onnx/session.ts';

export interface TensorTrial {
  /** What the model was run on. */
  readonly inputs: NamedTensors;
  readonly answers: NamedTensors;
  /** As announced; those of which the file says no shape, with the rank that came out. */
  readonly outputs: readonly TensorMetadata[];
  /** Milliseconds of the run, the median of several. */
  readonly run_ms: number;
}

export interface TensorTrialOptions {
  /** Shapes to try, by input, where no size that is tried would do. */
  readonly trial: Readonly<Record<string, readonly number[]>>;
  /** Milliseconds, from any start. */
  readonly now: () => number;
}

/** Sizes that open dimensions behind the first are tried with: one, a window, common heights and widths of images. */
const SIZES = [1, 8, 32, 64, 224];
const RUNS = 5;

/** Throws with the operator's, the operator set's or the tensor's name. */
export async function tryTensors(
  bytes: Uint8Array,
  { inputs, outputs, shapeless }: ServableTensors,
  { trial, now }: TensorTrialOptions,
): Promise<TensorTrial> {
  const session = await openTensors(bytes).catch((cause: unknown) => {
    throw new Error(`onnxruntime refuses the model: ${runtimeReason(cause)}`, { cause });
  });
  const names = outputs.map(({ name }) => name);
  const isOpen = inputs.some(({ shape }) => shape.slice(1).includes(-1));
  let reason: unknown;
  try {
    for (const size of isOpen ? SIZES : [1]) {
      const made = Object.fromEntries(
        inputs.map((input) => [input.name, madeTensor(input, trial[input.name], size)]),
      );
      try {
        const answers = await session.run(made, names);
        const times: number[] = [];
        for (let turn = 0; turn < RUNS; turn++) {
          const before = now();
          await session.run(made, names);
          times.push(now() - before);
        }
        return {
          inputs: made,
          answers,
          outputs: outputs.map((output) => withRank(output, answers[output.name]!, shapeless)),
          run_ms: times.sort((a, b) => a - b)[RUNS >> 1]!,
        };
      } catch (error) {
        reason = error;
      }
    }
  } finally {
    await session.release();
  }
  throw new Error(
    `onnxruntime cannot run the model on a made-up tensor: ${runtimeReason(reason)} (a shape to try goes into --signature: "trial": {"${inputs[0]!.name}": [1, …]})`,
    { cause: reason },
  );
}

function madeTensor(
  { datatype, shape }: TensorMetadata,
  given: readonly number[] | undefined,
  size: number,
): TensorValue {
  const open = (axis: number): number => (axis === 0 ? 1 : size);
  const filled = given ?? shape.map((known, axis) => (known === -1 ? open(axis) : known));
  const elements = Array.from({ length: elementCount(filled) }, () => ELEMENTS[datatype]);
  return { datatype, shape: filled, elements };
}

/** Whole numbers are 0, since they are often places in a list. */
const ELEMENTS: Readonly<Record<Datatype, Element>> = {
  BOOL: true,
  UINT8: 0,
  UINT16: 0,
  UINT32: 0,
  UINT64: 0n,
  INT8: 0,
  INT16: 0,
  INT32: 0,
  INT64: 0n,
  FP16: 0.5,
  FP32: 0.5,
  FP64: 0.5,
  BYTES: 'a',
};

const withRank = (
  output: TensorMetadata,
  { shape }: TensorValue,
  shapeless: ReadonlySet<string>,
): TensorMetadata =>
  shapeless.has(output.name) ? { ...output, shape: shape.map(() => -1) } : output;
