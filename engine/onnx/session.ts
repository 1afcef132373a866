// A version's ONNX file in onnxruntime, on this machine: encoded rows in, answers out; or tensors of any kind, both ways.

import * as ort from 'onnxruntime-web';
import { float16Bits } from '#contract/tensors/float16.ts';
import { decodeElements, type Element, type TensorValue } from '#contract/tensors/tensor-data.ts';
import type { Datatype, TensorMetadata } from '#contract/tensors/tensor.ts';

export interface Session {
  /** Answers `count` rows of `values`, row-major; as many values a row as the output has. */
  run(values: Float32Array<ArrayBuffer>, count: number): Promise<Float32Array>;
  release(): Promise<void>;
}

/** Throws when the file has no such tensors, or does not run. */
export async function openSession(
  onnx: Uint8Array,
  { input, output }: { readonly input: TensorMetadata; readonly output: TensorMetadata },
): Promise<Session> {
  const session = await create(onnx);
  const [width, depth] = [input.shape[1]!, output.shape[1]!];
  return {
    async run(values, count) {
      const feeds = { [input.name]: new ort.Tensor('float32', values, [count, width]) };
      const answers = (await session.run(feeds))[output.name]?.data;
      if (!(answers instanceof Float32Array) || answers.length !== count * depth)
        throw new Error(`output ${output.name} is not [${count}, ${depth}] float32`);
      return answers;
    },
    release: () => session.release(),
  };
}

export type NamedTensors = Readonly<Record<string, TensorValue>>;

export interface TensorSession {
  /** Answers the outputs named. Throws with the runtime's words. */
  run(inputs: NamedTensors, outputs: readonly string[]): Promise<NamedTensors>;
  release(): Promise<void>;
}

/** Throws with the runtime's words when it refuses the file. */
export async function openTensors(onnx: Uint8Array): Promise<TensorSession> {
  const session = await create(onnx);
  return {
    async run(inputs, outputs) {
      const feeds = Object.entries(inputs).map(([name, value]) => [name, tensorOf(value)] as const);
      const answers = await session.run(Object.fromEntries(feeds), [...outputs]);
      return Object.fromEntries(outputs.map((name) => [name, valueOf(answers[name]!)]));
    },
    release: () => session.release(),
  };
}

function create(onnx: Uint8Array): Promise<ort.InferenceSession> {
  ort.env.wasm.numThreads = 1;
  return ort.InferenceSession.create(onnx);
}

/** onnxruntime-web's name of each datatype, and the array its elements go in. */
const TYPES: Readonly<
  Record<Datatype, readonly [ort.Tensor.Type, (elements: readonly Element[]) => ort.Tensor['data']]>
> = {
  BOOL: ['bool', (elements) => Uint8Array.from(elements, Number)],
  UINT8: ['uint8', (elements) => Uint8Array.from(elements, Number)],
  UINT16: ['uint16', (elements) => Uint16Array.from(elements, Number)],
  UINT32: ['uint32', (elements) => Uint32Array.from(elements, Number)],
  UINT64: ['uint64', (elements) => BigUint64Array.from(elements, BigInt)],
  INT8: ['int8', (elements) => Int8Array.from(elements, Number)],
  INT16: ['int16', (elements) => Int16Array.from(elements, Number)],
  INT32: ['int32', (elements) => Int32Array.from(elements, Number)],
  INT64: ['int64', (elements) => BigInt64Array.from(elements, BigInt)],
  FP16: ['float16', (elements) => Uint16Array.from(elements, (each) => float16Bits(Number(each)))],
  FP32: ['float32', (elements) => Float32Array.from(elements, Number)],
  FP64: ['float64', (elements) => Float64Array.from(elements, Number)],
  BYTES: ['string', (elements) => elements.map(String)],
};

const DATATYPES = new Map(
  Object.entries(TYPES).map(([datatype, [type]]) => [type, datatype as Datatype]),
);

function tensorOf({ datatype, shape, elements }: TensorValue): ort.Tensor {
  const [type, arrayOf] = TYPES[datatype];
  return new ort.Tensor(type, arrayOf(Array.from<Element>(elements)), shape);
}

function valueOf({ type, dims: shape, data }: ort.Tensor): TensorValue {
  const datatype = DATATYPES.get(type);
  if (datatype === undefined) throw new Error(`an output is of ${type}`);
  if (datatype === 'BYTES') return { datatype, shape, elements: data as string[] };
  const { buffer, byteOffset, byteLength } = data as Float32Array;
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  return { datatype, shape, elements: decodeElements(datatype, bytes, data.length) };
}
