// The JavaScript array of each datatype: what callers hand in, and what they get back.

import { ClientError } from './client-error.ts';
import type { Elements } from '#contract/tensors/tensor-data.ts';
import type { Datatype } from '#contract/tensors/tensor.ts';

/** Whole numbers of 64 bits are BigInt, so that every one of them keeps its value. */
export interface ArrayOf {
  readonly BOOL: readonly boolean[];
  readonly UINT8: Uint8Array;
  readonly UINT16: Uint16Array;
  readonly UINT32: Uint32Array;
  readonly UINT64: BigUint64Array;
  readonly INT8: Int8Array;
  readonly INT16: Int16Array;
  readonly INT32: Int32Array;
  readonly INT64: BigInt64Array;
  readonly FP16: Float32Array;
  readonly FP32: Float32Array;
  readonly FP64: Float64Array;
  readonly BYTES: readonly string[];
}

export type TypedArray =
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Float32Array
  | Float64Array;

/** Missing values come as null in JSON, where there is no NaN. */
const real = (element: unknown): number => (element === null ? NaN : Number(element));

const ARRAYS: { readonly [D in Datatype]: (elements: Elements) => ArrayOf[D] } = {
  BOOL: (elements) => Array.from(elements, Boolean),
  UINT8: (elements) => Uint8Array.from(elements, Number),
  UINT16: (elements) => Uint16Array.from(elements, Number),
  UINT32: (elements) => Uint32Array.from(elements, Number),
  UINT64: (elements) => BigUint64Array.from(elements, BigInt),
  INT8: (elements) => Int8Array.from(elements, Number),
  INT16: (elements) => Int16Array.from(elements, Number),
  INT32: (elements) => Int32Array.from(elements, Number),
  INT64: (elements) => BigInt64Array.from(elements, BigInt),
  FP16: (elements) => Float32Array.from(elements, real),
  FP32: (elements) =>
    elements instanceof Float32Array ? elements : Float32Array.from(elements, real),
  FP64: (elements) => Float64Array.from(elements, real),
  BYTES: (elements) => Array.from(elements, String),
};

/** The elements of a tensor as the array of its datatype. */
export const arrayOf = <D extends Datatype>(datatype: D, elements: Elements): ArrayOf[D] =>
  ARRAYS[datatype](elements);

const TYPED_ARRAYS: ReadonlyMap<unknown, Datatype> = new Map<unknown, Datatype>([
  [Uint8Array, 'UINT8'],
  [Uint16Array, 'UINT16'],
  [Uint32Array, 'UINT32'],
  [BigUint64Array, 'UINT64'],
  [Int8Array, 'INT8'],
  [Int16Array, 'INT16'],
  [Int32Array, 'INT32'],
  [BigInt64Array, 'INT64'],
  [Float32Array, 'FP32'],
  [Float64Array, 'FP64'],
]);

const datatypeOrNone = (data: object): Datatype | undefined =>
  TYPED_ARRAYS.get(Object.getPrototypeOf(data)?.constructor);

export const isTypedArray = (data: object): boolean => datatypeOrNone(data) !== undefined;

/** The datatype whose array this is. Throws ClientError for a list, which does not say. */
export function datatypeOf(data: object): Datatype {
  const datatype = datatypeOrNone(data);
  if (datatype === undefined) throw new ClientError('a list of elements needs a datatype');
  return datatype;
}
