// A session: one ONNX model in the runtime's linear memory, ready to run. Speaks tensors, knows nothing of features.
//
// One row is the common request, so its input and output are bound once, when the session is created: a run then is one
// call and no allocation. Batches get tensors of their own size for each run.

import type { TensorMetadata } from '#contract/tensors/tensor.ts';
import { openModel } from './open-model.ts';
import { RuntimeFault } from './runtime-fault.ts';
import { runtimeError, type Runtime } from './runtime.ts';

export interface Session {
  readonly inputs: readonly TensorMetadata[];
  readonly outputs: readonly TensorMetadata[];
  /**
   * Runs `count` rows of float32 features, row-major, through the model's only input, and answers its first output of
   * float32 rows, row-major, `count` × its width. The answer is a copy. Throws RuntimeFault when ONNX Runtime refuses.
   */
  run(features: Float32Array, count: number): Float32Array;
  /** Frees everything the session holds; it cannot run after that. */
  release(): void;
}

const FLOAT = 1;
const ON_CPU = 1;

/**
 * Creates a session from the bytes of an ONNX file that answers its output `served`; without a name, the first one of
 * float32 rows. Throws RuntimeFault with ONNX Runtime's own words.
 */
export function createSession(runtime: Runtime, model: Uint8Array, served?: string): Session {
  const { ort } = runtime;
  const { handle, inputs, outputs, release: close } = openModel(runtime, model);
  const input = inputs[0];
  // Others' classifiers give the label first, as INT64 or text.
  const output = outputs.find(
    ({ name, datatype, shape }) =>
      datatype === 'FP32' && shape.length === 2 && name === (served ?? name),
  );
  const pointers: number[] = [];
  const allocate = (bytes: number): number => {
    const pointer = ort._malloc(bytes);
    pointers.push(pointer);
    return pointer;
  };
  const tensors: number[] = [];

  let released = false;
  const release = (): void => {
    released = true;
    for (const tensor of tensors.splice(0)) ort._OrtReleaseTensor(tensor);
    for (const pointer of pointers.splice(0)) ort._free(pointer);
    close();
  };

  if (inputs.length !== 1 || input?.datatype !== 'FP32' || input.shape.length !== 2) {
    release();
    throw new RuntimeFault('a tabular model has exactly one input: FP32 [rows, features]');
  }
  if (output === undefined || output.shape[1]! < 1) {
    release();
    throw new RuntimeFault(
      'a tabular model has an output FP32 [rows, values], values being a number',
    );
  }
  const width = input.shape[1]!;
  const depth = output.shape[1]!;

  const inputNameAt = allocate(4);
  const outputNameAt = allocate(4);
  const inputAt = allocate(4);
  const outputAt = allocate(4);
  const shapeAt = allocate(8);
  runtime.words()[inputNameAt >>> 2] = input.nameAt;
  runtime.words()[outputNameAt >>> 2] = output.nameAt;

  const tensorOver = (dataAt: number, rows: number, columns: number): number => {
    const words = runtime.words();
    words[shapeAt >>> 2] = rows;
    words[(shapeAt >>> 2) + 1] = columns;
    const bytes = rows * columns * 4;
    const tensor = ort._OrtCreateTensor(FLOAT, dataAt, bytes, shapeAt, 2, ON_CPU);
    if (tensor === 0) throw new RuntimeFault(runtimeError(runtime));
    return tensor;
  };

  const runBound = (inputTensor: number, outputTensor: number): void => {
    const words = runtime.words();
    words[inputAt >>> 2] = inputTensor;
    words[outputAt >>> 2] = outputTensor;
    if (ort._OrtRun(handle, inputNameAt, inputAt, 1, outputNameAt, 1, outputAt, 0) !== 0)
      throw new RuntimeFault(runtimeError(runtime));
  };

  const rowAt = allocate(width * 4);
  const answerAt = allocate(depth * 4);
  const rowTensor = tensorOver(rowAt, 1, width);
  const answerTensor = tensorOver(answerAt, 1, depth);
  tensors.push(rowTensor, answerTensor);

  const runRow = (features: Float32Array): Float32Array => {
    runtime.floats().set(features, rowAt >>> 2);
    runBound(rowTensor, answerTensor);
    return runtime.floats().slice(answerAt >>> 2, (answerAt >>> 2) + depth);
  };

  const runBatch = (features: Float32Array, count: number): Float32Array => {
    const featuresAt = ort._malloc(count * width * 4);
    const answersAt = ort._malloc(count * depth * 4);
    const batch: number[] = [];
    try {
      if (featuresAt === 0 || answersAt === 0)
        throw new RuntimeFault(`no memory for a batch of ${count} rows`);
      runtime.floats().set(features, featuresAt >>> 2);
      batch.push(tensorOver(featuresAt, count, width));
      batch.push(tensorOver(answersAt, count, depth));
      runBound(batch[0]!, batch[1]!);
      return runtime.floats().slice(answersAt >>> 2, (answersAt >>> 2) + count * depth);
    } finally {
      for (const tensor of batch) ort._OrtReleaseTensor(tensor);
      ort._free(featuresAt);
      ort._free(answersAt);
    }
  };

  return {
    inputs,
    outputs,
    run(features, count) {
      if (released) throw new RuntimeFault('the session was released');
      if (features.length !== count * width)
        throw new RuntimeFault(`${features.length} values for ${count} rows of ${width} features`);
      return count === 1 ? runRow(features) : runBatch(features, count);
    },
    release,
  };
}
