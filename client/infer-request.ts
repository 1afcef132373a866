// Tensors → the body of an infer request: JSON, or JSON with the tensors' bytes behind it (binary tensor data extension).

import {
  acceptsElement,
  elementCount,
  encodeElements,
  type Element,
} from '#contract/tensors/tensor-data.ts';
import type { Datatype } from '#contract/tensors/tensor.ts';
import { ClientError } from './client-error.ts';
import { datatypeOf, isTypedArray, type TypedArray } from './tensor-arrays.ts';

export type ParameterValue = string | number | boolean;
export type Parameters = Readonly<Record<string, ParameterValue>>;

interface InputBase {
  readonly name: string;
  /** By default one dimension: as many as `data` has elements. */
  readonly shape?: readonly number[];
  readonly parameters?: Parameters;
}

/** A typed array says its datatype itself; of a list it must be said. Elements are flat, row-major. */
export type InferInput = InputBase &
  (
    | { readonly datatype?: undefined; readonly data: TypedArray }
    | { readonly datatype: Datatype; readonly data: TypedArray | readonly (Element | null)[] }
  );

export interface RequestedOutput {
  readonly name: string;
  /** Overrides what the request says of all outputs. */
  readonly binary?: boolean;
  /** Asks for this many of the best classes as `value:index:label` in place of the tensor. */
  readonly classification?: number;
}

export interface InferRequest {
  readonly inputs: readonly InferInput[];
  /** By default all of them. */
  readonly outputs?: readonly (string | RequestedOutput)[];
  readonly id?: string;
  readonly parameters?: Parameters;
  /**
   * `true`: tensors travel as bytes, both ways; `false`: all as JSON. By default typed arrays travel as bytes, lists as
   * JSON, and the answer as bytes when an input does.
   */
  readonly binary?: boolean;
}

export interface EncodedRequest {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
}

/** Throws ClientError with the place of the fault for data that are not what their datatype or shape says. */
export function encodeRequest(request: InferRequest): EncodedRequest {
  const tails: Uint8Array[] = [];
  const inputs = request.inputs.map((input, index) =>
    encodeInput(input, `/inputs/${index}`, request.binary, tails),
  );
  const binaryOutputs = request.binary ?? tails.length > 0;
  const fields = [
    ...(request.id === undefined ? [] : [`"id":${JSON.stringify(request.id)}`]),
    ...parametersField({
      ...(binaryOutputs ? { binary_data_output: true } : {}),
      ...request.parameters,
    }),
    `"inputs":[${inputs.join(',')}]`,
    ...(request.outputs === undefined
      ? []
      : [`"outputs":${JSON.stringify(request.outputs.map(encodeOutput))}`]),
  ];
  const json = new TextEncoder().encode(`{${fields.join(',')}}`);
  if (tails.length === 0) return { body: json, headers: { 'content-type': 'application/json' } };
  return {
    body: joinBytes([json, ...tails]),
    headers: {
      'content-type': 'application/octet-stream',
      'inference-header-content-length': String(json.length),
    },
  };
}

function encodeInput(
  input: InferInput,
  pointer: string,
  binary: boolean | undefined,
  tails: Uint8Array[],
): string {
  const { name, data, parameters } = input;
  const datatype = input.datatype ?? datatypeOf(data);
  const shape = input.shape ?? [data.length];
  const count = elementCount(shape);
  if (count !== data.length)
    throw new ClientError(`${pointer}/data has ${data.length} elements, its shape says ${count}`);
  const head = (own: Parameters): string =>
    [
      `"name":${JSON.stringify(name)}`,
      `"datatype":"${datatype}"`,
      `"shape":[${shape}]`,
      ...parametersField({ ...parameters, ...own }),
    ].join(',');
  // Half precision has no form in JSON.
  if (!(binary ?? (isTypedArray(data) || datatype === 'FP16')))
    return `{${head({})},"data":[${jsonData(data, datatype, pointer)}]}`;
  const bytes = binaryData(data, datatype, pointer);
  tails.push(bytes);
  return `{${head({ binary_data_size: bytes.length })}}`;
}

/** A missing number is NaN; nothing else can be missing in bytes. */
function binaryData(data: InferInput['data'], datatype: Datatype, pointer: string): Uint8Array {
  const isReal = datatype.startsWith('FP');
  const elements = Array.from(data as ArrayLike<Element | null>, (element, index) => {
    if (element === null && !isReal)
      throw new ClientError(`${pointer}/data/${index} cannot be missing in ${datatype} as bytes`);
    return element ?? NaN;
  });
  try {
    return encodeElements(datatype, data instanceof Float32Array ? data : elements);
  } catch (cause) {
    throw new ClientError(`${pointer}/data: ${(cause as Error).message}`, { cause });
  }
}

/** JSON has no NaN: a missing number is null there. BigInt keeps every digit. */
function jsonData(data: InferInput['data'], datatype: Datatype, pointer: string): string {
  return Array.from(data as ArrayLike<Element | null>, (element, index) => {
    if (element !== null && !acceptsElement(datatype, element))
      throw new ClientError(`${pointer}/data/${index} has no form in JSON as ${datatype}`);
    return typeof element === 'bigint' ? String(element) : JSON.stringify(element);
  }).join();
}

function encodeOutput(output: string | RequestedOutput): object {
  if (typeof output === 'string') return { name: output };
  const { name, binary, classification } = output;
  const parameters = {
    ...(binary === undefined ? {} : { binary_data: binary }),
    ...(classification === undefined ? {} : { classification }),
  };
  return Object.keys(parameters).length === 0 ? { name } : { name, parameters };
}

const parametersField = (parameters: Parameters): readonly string[] =>
  Object.keys(parameters).length === 0 ? [] : [`"parameters":${JSON.stringify(parameters)}`];

function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
