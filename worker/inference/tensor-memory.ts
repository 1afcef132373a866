// Tensors in the runtime's linear memory: written before a run, read after it. Texts are pointers to UTF-8 that ends with a
// zero byte, as onnxruntime-web's own glue lays them out (lib/wasm/wasm-core-impl.ts, 1.30).

import {
  decodeElements,
  ELEMENT_BYTES,
  elementCount,
  encodeElements,
  type TensorValue,
} from '#contract/tensors/tensor-data.ts';
import { ONNX_DATATYPES } from '#contract/tensors/tensor.ts';
import { RuntimeFault } from './runtime-fault.ts';
import { runtimeError, type Runtime } from './runtime.ts';

const ON_CPU = 1;

const ELEMENT_TYPES = new Map(
  Object.entries(ONNX_DATATYPES).map(([type, datatype]) => [datatype, Number(type)]),
);

/** What one run writes into linear memory, freed together. */
export class TensorMemory {
  readonly #runtime: Runtime;
  readonly #pointers: number[] = [];
  readonly #tensors: number[] = [];

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  /** A list of pointers, sizes or handles. */
  words(values: readonly number[]): number {
    const at = this.#allocate(values.length * 4);
    this.#runtime.words().set(values, at >>> 2);
    return at;
  }

  /** The handle of a tensor. Throws RuntimeFault when the runtime refuses it. */
  tensor({ datatype, shape, elements }: TensorValue): number {
    const { ort } = this.#runtime;
    const [dataAt, bytes] =
      datatype === 'BYTES'
        ? [this.#texts(elements as readonly string[]), elements.length * 4]
        : this.#bytes(encodeElements(datatype, elements));
    const dimsAt = this.words(shape);
    const type = ELEMENT_TYPES.get(datatype)!;
    const tensor = ort._OrtCreateTensor(type, dataAt, bytes, dimsAt, shape.length, ON_CPU);
    if (tensor === 0) throw new RuntimeFault(runtimeError(this.#runtime));
    this.#tensors.push(tensor);
    return tensor;
  }

  release(): void {
    const { ort } = this.#runtime;
    for (const tensor of this.#tensors.splice(0)) ort._OrtReleaseTensor(tensor);
    for (const pointer of this.#pointers.splice(0)) ort._free(pointer);
  }

  #allocate(bytes: number): number {
    const at = this.#runtime.ort._malloc(Math.max(bytes, 4));
    if (at === 0) throw new RuntimeFault(`no memory for ${bytes} bytes of tensors`);
    this.#pointers.push(at);
    return at;
  }

  #bytes(bytes: Uint8Array): readonly [at: number, bytes: number] {
    const at = this.#allocate(bytes.length);
    this.#runtime.bytes().set(bytes, at);
    return [at, bytes.length];
  }

  /** All texts in one piece of memory, and the pointers to them. */
  #texts(texts: readonly string[]): number {
    const encoder = new TextEncoder();
    const parts = texts.map((text) => encoder.encode(text));
    const at = this.#allocate(parts.reduce((length, part) => length + part.length + 1, 0));
    const bytes = this.#runtime.bytes();
    let next = at;
    const pointers = parts.map((part) => {
      const start = next;
      bytes.set(part, start);
      bytes[start + part.length] = 0;
      next += part.length + 1;
      return start;
    });
    return this.words(pointers);
  }
}

/** A copy of what the runtime gave. Throws RuntimeFault for what is no tensor of a datatype the protocol has. */
export function readTensorData(runtime: Runtime, tensor: number): TensorValue {
  const { ort } = runtime;
  if (tensor === 0) throw new RuntimeFault('an output was not made');
  const scratch = ort._malloc(16);
  let textsAt = 0;
  try {
    if (ort._OrtGetTensorData(tensor, scratch, scratch + 4, scratch + 8, scratch + 12) !== 0)
      throw new RuntimeFault(runtimeError(runtime));
    const words = runtime.words();
    const [type, dataAt, dimsAt, rank] = words.subarray(
      scratch >>> 2,
      (scratch >>> 2) + 4,
    ) as Uint32Array & [number, number, number, number];
    const shape = [...words.subarray(dimsAt >>> 2, (dimsAt >>> 2) + rank)];
    ort._OrtFree(dimsAt);
    const datatype = ONNX_DATATYPES[type];
    if (datatype === undefined) throw new RuntimeFault(`an output has element type ${type}`);
    const count = elementCount(shape);
    if (datatype === 'BYTES') {
      textsAt = dataAt;
      return { datatype, shape, elements: readTexts(runtime, dataAt, count) };
    }
    const bytes = runtime.bytes().subarray(dataAt, dataAt + count * ELEMENT_BYTES[datatype]);
    return { datatype, shape, elements: decodeElements(datatype, bytes, count) };
  } finally {
    if (textsAt !== 0) ort._free(textsAt);
    ort._free(scratch);
  }
}

/** Texts stand one behind the other, without ends between them; behind the last is a zero byte. */
function readTexts(runtime: Runtime, at: number, count: number): readonly string[] {
  const words = runtime.words();
  const bytes = runtime.bytes();
  const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true });
  return Array.from({ length: count }, (_, index) => {
    const start = words[(at >>> 2) + index]!;
    const end = index + 1 < count ? words[(at >>> 2) + index + 1]! : bytes.indexOf(0, start);
    // Copied first: text decoders do not read shared memory.
    return decoder.decode(bytes.slice(start, end));
  });
}
