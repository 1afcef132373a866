// The body of an Open Inference Protocol request, in JSON or with the binary tensor data extension, becomes tensors.
// What a tensor means to a model is not decided here.

import { parseJsonExact } from '#contract/shapes/json-exact.ts';
import { invalid } from '#contract/problem.ts';
import {
  acceptsElement,
  decodeElements,
  elementCount,
  TensorDataError,
  type Element,
  type Elements,
} from '#contract/tensors/tensor-data.ts';
import { DATATYPES, type Datatype } from '#contract/tensors/tensor.ts';
import { parseJsonBody } from '../../http/read-body.ts';

export interface InputTensor {
  readonly name: string;
  readonly datatype: Datatype;
  readonly shape: readonly number[];
  readonly elements: Elements;
  /** JSON Pointer of the tensor in the request. */
  readonly pointer: string;
}

export interface RequestedOutput {
  readonly name: string;
  /** Whether its data follow the JSON as bytes. */
  readonly binary: boolean;
  /** How many of the best classes to name in place of the tensor; 0 for the tensor itself. */
  readonly classification: number;
}

export interface InferRequest {
  readonly id: string | null;
  readonly inputs: readonly InputTensor[];
  /** Null for all outputs. */
  readonly outputs: readonly RequestedOutput[] | null;
  /** Outputs that say nothing of their own are sent as bytes. */
  readonly binaryOutputs: boolean;
}

const MAX_RANK = 8;

/**
 * Parses a body of which the first `jsonLength` bytes are JSON and the rest tensors.
 * Throws ProblemError with a pointer: malformed_json, invalid_request.
 */
export function parseInferRequest(body: Uint8Array, jsonLength: number): InferRequest {
  if (jsonLength > body.length)
    throw invalid('', `has ${body.length} bytes, fewer than the ${jsonLength} of its JSON`);
  const request = parseObject(parseJsonBody(body.subarray(0, jsonLength), parseJsonExact), '');
  const parameters = parseParameters(request.parameters, '/parameters');
  const bytes = new ByteReader(body.subarray(jsonLength));
  const inputs = parseArray(request.inputs, '/inputs').map((input, index) =>
    parseInput(input, `/inputs/${index}`, bytes),
  );
  if (bytes.left > 0) throw invalid('', `has ${bytes.left} bytes after its last tensor`);
  refuseRepeats(inputs, '/inputs');
  const binaryOutputs = flag(parameters, 'binary_data_output', '/parameters') ?? false;
  return {
    id: parseId(request.id),
    inputs,
    outputs: parseOutputs(request.outputs, binaryOutputs),
    binaryOutputs,
  };
}

/** Hands out the tensors' bytes in order. */
class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  take(length: number, pointer: string): Uint8Array {
    if (length > this.left)
      throw invalid(pointer, `is said to have ${length} bytes, ${this.left} are left`);
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}

function parseInput(value: unknown, pointer: string, bytes: ByteReader): InputTensor {
  const input = parseObject(value, pointer);
  const name = parseName(input.name, `${pointer}/name`);
  const datatype = DATATYPES.find((known) => known === input.datatype);
  if (datatype === undefined) throw invalid(`${pointer}/datatype`, 'is not a datatype');
  const shape = parseShape(input.shape, `${pointer}/shape`);
  const parameters = parseParameters(input.parameters, `${pointer}/parameters`);
  const size = parameters.binary_data_size ?? undefined;
  const count = elementCount(shape);
  if (size === undefined)
    return {
      name,
      datatype,
      shape,
      pointer,
      elements: parseData(input.data, datatype, shape, pointer),
    };
  if (!isAbsent(input.data)) throw invalid(pointer, 'has both data and binary_data_size');
  if (!Number.isSafeInteger(size) || Number(size) < 0)
    throw invalid(`${pointer}/parameters/binary_data_size`, 'must be a number of bytes');
  const elements = decodeAt(pointer, () =>
    decodeElements(datatype, bytes.take(Number(size), pointer), count),
  );
  return { name, datatype, shape, pointer, elements };
}

/** Data nested as the shape says, or flat. */
function parseData(
  value: unknown,
  datatype: Datatype,
  shape: readonly number[],
  pointer: string,
): Elements {
  const at = `${pointer}/data`;
  if (datatype === 'FP16') throw invalid(at, 'cannot be FP16 in JSON: send it as binary data');
  const data = parseArray(value, at);
  const count = elementCount(shape);
  const nested = data.some(Array.isArray);
  const flat = nested ? flatten(data, shape, at) : data;
  if (flat.length !== count)
    throw invalid(at, `has ${flat.length} elements, the shape says ${count}`);
  flat.forEach((element, index) => {
    if (element !== null && !acceptsElement(datatype, element))
      throw invalid(nested ? at : `${at}/${index}`, `has an element that is not ${datatype}`);
  });
  // A null is a missing value; whether the model takes one is the signature's to say.
  return flat as readonly Element[];
}

function flatten(data: readonly unknown[], shape: readonly number[], pointer: string): unknown[] {
  const [size, ...inner] = shape;
  if (data.length !== size)
    throw invalid(pointer, `has ${data.length} items, the shape says ${size}`);
  if (inner.length === 0) {
    if (data.some(Array.isArray)) throw invalid(pointer, 'is nested deeper than its shape');
    return [...data];
  }
  return data.flatMap((item, index) => {
    const at = `${pointer}/${index}`;
    return flatten(parseArray(item, at), inner, at);
  });
}

function parseOutputs(value: unknown, binaryOutputs: boolean): readonly RequestedOutput[] | null {
  if (isAbsent(value)) return null;
  const outputs = parseArray(value, '/outputs').map((item, index) => {
    const pointer = `/outputs/${index}`;
    const output = parseObject(item, pointer);
    const at = `${pointer}/parameters`;
    const parameters = parseParameters(output.parameters, at);
    const classification = parameters.classification ?? 0;
    if (!Number.isSafeInteger(classification) || Number(classification) < 0)
      throw invalid(`${at}/classification`, 'must be a number of classes');
    return {
      name: parseName(output.name, `${pointer}/name`),
      binary: flag(parameters, 'binary_data', at) ?? binaryOutputs,
      classification: Number(classification),
    };
  });
  refuseRepeats(outputs, '/outputs');
  return outputs.length === 0 ? null : outputs;
}

/** Typed clients write null for what they leave out. */
const isAbsent = (value: unknown): boolean => value === undefined || value === null;

type Parameters = Readonly<Record<string, unknown>>;

function parseParameters(value: unknown, pointer: string): Parameters {
  if (isAbsent(value)) return {};
  const parameters = parseObject(value, pointer);
  for (const [name, parameter] of Object.entries(parameters))
    if (typeof parameter === 'object' && parameter !== null)
      throw invalid(`${pointer}/${name}`, 'must be a string, a number or a boolean');
  return parameters;
}

function flag(parameters: Parameters, name: string, pointer: string): boolean | undefined {
  const value = parameters[name] ?? undefined;
  if (value !== undefined && typeof value !== 'boolean')
    throw invalid(`${pointer}/${name}`, 'must be true or false');
  return value;
}

function parseShape(value: unknown, pointer: string): readonly number[] {
  const shape = parseArray(value, pointer);
  if (shape.length === 0 || shape.length > MAX_RANK)
    throw invalid(pointer, `must have 1 to ${MAX_RANK} dimensions`);
  return shape.map((size, axis) => {
    if (!Number.isSafeInteger(size) || Number(size) < 0)
      throw invalid(`${pointer}/${axis}`, 'must be a size');
    return Number(size);
  });
}

function parseId(value: unknown): string | null {
  if (isAbsent(value) || value === '') return null;
  if (typeof value !== 'string') throw invalid('/id', 'must be a string');
  return value;
}

function refuseRepeats(named: readonly { readonly name: string }[], pointer: string): void {
  const seen = new Set<string>();
  named.forEach(({ name }, index) => {
    if (seen.has(name))
      throw invalid(`${pointer}/${index}/name`, `is there twice: ${name.slice(0, 80)}`);
    seen.add(name);
  });
}

function decodeAt<T>(pointer: string, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (error instanceof TensorDataError) throw invalid(pointer, `has ${error.message}`);
    throw error;
  }
}

function parseObject(value: unknown, pointer: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid(pointer, value === undefined ? 'is missing' : 'must be an object');
  return value as Record<string, unknown>;
}

function parseArray(value: unknown, pointer: string): readonly unknown[] {
  if (!Array.isArray(value))
    throw invalid(pointer, value === undefined ? 'is missing' : 'must be a list');
  return value;
}

function parseName(value: unknown, pointer: string): string {
  if (typeof value !== 'string' || value === '') throw invalid(pointer, 'must be a name');
  return value;
}
