// An .onnx file in the runtime: its handle, and what it says it takes and gives. Both kinds of session start here.

import { ONNX_DATATYPES, type TensorMetadata } from '#contract/tensors/tensor.ts';
import { RuntimeFault } from './runtime-fault.ts';
import { runtimeError, type Runtime } from './runtime.ts';

export interface NamedTensor extends TensorMetadata {
  /** By axis: the name of a dimension the request decides, which is the same size wherever it occurs; or none. */
  readonly symbols: readonly string[];
  /** Where the runtime keeps the name, as C text. */
  readonly nameAt: number;
}

export interface OpenModel {
  readonly handle: number;
  /** In the order of the file. */
  readonly inputs: readonly NamedTensor[];
  readonly outputs: readonly NamedTensor[];
  /** Frees the model and the names of its tensors. */
  release(): void;
}

const ALL_OPTIMIZATIONS = 99;
const SEQUENTIAL = 0;
const ERRORS_ONLY = 3;

/** Opens the bytes of an ONNX file. Throws RuntimeFault with ONNX Runtime's own words. */
export function openModel(runtime: Runtime, bytes: Uint8Array): OpenModel {
  const { ort } = runtime;
  const handle = createHandle(runtime, bytes);
  try {
    const tensors = readTensors(runtime, handle);
    return {
      handle,
      ...tensors,
      release() {
        for (const { nameAt } of [...tensors.inputs, ...tensors.outputs]) ort._OrtFree(nameAt);
        ort._OrtReleaseSession(handle);
      },
    };
  } catch (error) {
    ort._OrtReleaseSession(handle);
    throw error;
  }
}

function createHandle(runtime: Runtime, model: Uint8Array): number {
  const { ort } = runtime;
  const options = ort._OrtCreateSessionOptions(
    ALL_OPTIMIZATIONS,
    true,
    true,
    SEQUENTIAL,
    false,
    0,
    0,
    ERRORS_ONLY,
    0,
    0,
  );
  const modelAt = ort._malloc(model.length);
  try {
    if (modelAt === 0) throw new RuntimeFault(`no memory for a model of ${model.length} bytes`);
    runtime.bytes().set(model, modelAt);
    const handle = ort._OrtCreateSession(modelAt, model.length, options);
    if (handle === 0) throw new RuntimeFault(runtimeError(runtime));
    return handle;
  } finally {
    ort._free(modelAt);
    ort._OrtReleaseSessionOptions(options);
  }
}

function readTensors(runtime: Runtime, handle: number): Pick<OpenModel, 'inputs' | 'outputs'> {
  const { ort } = runtime;
  const countsAt = ort._malloc(8);
  try {
    if (ort._OrtGetInputOutputCount(handle, countsAt, countsAt + 4) !== 0)
      throw new RuntimeFault(runtimeError(runtime));
    const inputs = runtime.words()[countsAt >>> 2]!;
    const outputs = runtime.words()[(countsAt >>> 2) + 1]!;
    const tensors = Array.from({ length: inputs + outputs }, (_, index) =>
      readTensor(runtime, handle, index),
    );
    return { inputs: tensors.slice(0, inputs), outputs: tensors.slice(inputs) };
  } finally {
    ort._free(countsAt);
  }
}

/** Metadata as the runtime lays it out: element type, rank, then each dimension's symbol or 0, then the sizes. */
function readTensor(runtime: Runtime, handle: number, index: number): NamedTensor {
  const { ort } = runtime;
  const scratch = ort._malloc(8);
  try {
    if (ort._OrtGetInputOutputMetadata(handle, index, scratch, scratch + 4) !== 0)
      throw new RuntimeFault(runtimeError(runtime));
    const words = runtime.words();
    const nameAt = words[scratch >>> 2]!;
    const metadataAt = words[(scratch + 4) >>> 2]!;
    const name = ort.UTF8ToString(nameAt);
    const datatype = ONNX_DATATYPES[words[metadataAt >>> 2]!];
    if (datatype === undefined) throw new RuntimeFault(`${name} is not a tensor of a known type`);
    const rank = words[(metadataAt >>> 2) + 1]!;
    const symbols = Array.from({ length: rank }, (_, axis) => {
      const symbolAt = words[(metadataAt >>> 2) + 2 + axis]!;
      return symbolAt === 0 ? '' : ort.UTF8ToString(symbolAt);
    });
    const shape = symbols.map((symbol, axis) =>
      symbol === '' ? words[(metadataAt >>> 2) + 2 + rank + axis]! | 0 : -1,
    );
    ort._OrtFree(metadataAt);
    return { name, datatype, shape, symbols, nameAt };
  } finally {
    ort._free(scratch);
  }
}
