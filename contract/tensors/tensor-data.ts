// Tensors as bytes: the binary tensor data extension of the Open Inference Protocol. Little-endian, row-major; BYTES elements
// have their length before them as four bytes. One table, read by the Worker and by the client.

import { float16Bits, readFloat16 } from './float16.ts';
import type { Datatype } from './tensor.ts';

export type Element = number | bigint | boolean | string;

/** The elements of a tensor, row-major. */
export type Elements = readonly Element[] | Float32Array;

/** A tensor without its name. */
export interface TensorValue {
  readonly datatype: Datatype;
  readonly shape: readonly number[];
  readonly elements: Elements;
}

/** Data that is not what its datatype or shape says. The message says what, the caller says where. */
export class TensorDataError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TensorDataError';
  }
}

interface FixedSize {
  read(view: DataView, at: number): Element;
  write(view: DataView, at: number, element: Element): void;
  /** Whether a JSON value is an element: an integer in range, a number, a boolean. */
  accepts(value: unknown): value is Element;
}

const integer =
  (minimum: number, maximum: number) =>
  (value: unknown): value is Element =>
    typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum;

const bigInteger =
  (minimum: bigint, maximum: bigint) =>
  (value: unknown): value is Element =>
    (typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value))) &&
    BigInt(value) >= minimum &&
    BigInt(value) <= maximum;

/** Whole numbers that JSON has in many digits come as BigInt; the nearest number is taken. */
const number = (value: unknown): value is Element =>
  typeof value === 'number' || typeof value === 'bigint';

const FIXED_SIZE: Readonly<Record<Exclude<Datatype, 'BYTES'>, FixedSize>> = {
  BOOL: {
    read: (view, at) => view.getUint8(at) !== 0,
    write: (view, at, element) => view.setUint8(at, element === true ? 1 : 0),
    accepts: (value): value is Element => typeof value === 'boolean',
  },
  UINT8: {
    read: (view, at) => view.getUint8(at),
    write: (view, at, element) => view.setUint8(at, Number(element)),
    accepts: integer(0, 0xff),
  },
  UINT16: {
    read: (view, at) => view.getUint16(at, true),
    write: (view, at, element) => view.setUint16(at, Number(element), true),
    accepts: integer(0, 0xffff),
  },
  UINT32: {
    read: (view, at) => view.getUint32(at, true),
    write: (view, at, element) => view.setUint32(at, Number(element), true),
    accepts: integer(0, 0xffff_ffff),
  },
  UINT64: {
    read: (view, at) => view.getBigUint64(at, true),
    write: (view, at, element) => view.setBigUint64(at, BigInt(element), true),
    accepts: bigInteger(0n, 0xffff_ffff_ffff_ffffn),
  },
  INT8: {
    read: (view, at) => view.getInt8(at),
    write: (view, at, element) => view.setInt8(at, Number(element)),
    accepts: integer(-0x80, 0x7f),
  },
  INT16: {
    read: (view, at) => view.getInt16(at, true),
    write: (view, at, element) => view.setInt16(at, Number(element), true),
    accepts: integer(-0x8000, 0x7fff),
  },
  INT32: {
    read: (view, at) => view.getInt32(at, true),
    write: (view, at, element) => view.setInt32(at, Number(element), true),
    accepts: integer(-0x8000_0000, 0x7fff_ffff),
  },
  INT64: {
    read: (view, at) => view.getBigInt64(at, true),
    write: (view, at, element) => view.setBigInt64(at, BigInt(element), true),
    accepts: bigInteger(-0x8000_0000_0000_0000n, 0x7fff_ffff_ffff_ffffn),
  },
  FP16: {
    read: (view, at) => readFloat16(view.getUint16(at, true)),
    write: (view, at, element) => view.setUint16(at, float16Bits(Number(element)), true),
    accepts: number,
  },
  FP32: {
    read: (view, at) => view.getFloat32(at, true),
    write: (view, at, element) => view.setFloat32(at, Number(element), true),
    accepts: number,
  },
  FP64: {
    read: (view, at) => view.getFloat64(at, true),
    write: (view, at, element) => view.setFloat64(at, Number(element), true),
    accepts: number,
  },
};

/** Bytes of an element; texts have no fixed number. */
export const ELEMENT_BYTES: Readonly<Record<Exclude<Datatype, 'BYTES'>, number>> = {
  BOOL: 1,
  UINT8: 1,
  UINT16: 2,
  UINT32: 4,
  UINT64: 8,
  INT8: 1,
  INT16: 2,
  INT32: 4,
  INT64: 8,
  FP16: 2,
  FP32: 4,
  FP64: 8,
};

/** Elements a tensor of this shape has; 1 for a scalar. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((count, size) => count * size, 1);
}

/** Whether a JSON value may stand for one element of `datatype`. */
export function acceptsElement(datatype: Datatype, value: unknown): value is Element {
  // The protocol has no JSON form of FP16.
  if (datatype === 'FP16') return false;
  return datatype === 'BYTES' ? typeof value === 'string' : FIXED_SIZE[datatype].accepts(value);
}

/** Reads `count` elements. Throws TensorDataError when the bytes are more, fewer, or (BYTES) not UTF-8. */
export function decodeElements(datatype: Datatype, bytes: Uint8Array, count: number): Elements {
  if (datatype === 'BYTES') return decodeTexts(bytes, count);
  const { read } = FIXED_SIZE[datatype];
  const size = ELEMENT_BYTES[datatype];
  if (bytes.length !== count * size)
    throw new TensorDataError(
      `${bytes.length} bytes for ${count} elements of ${datatype}, which take ${count * size}`,
    );
  if (datatype === 'FP32') return new Float32Array(bytes.slice().buffer);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: count }, (_, index) => read(view, index * size));
}

/** The bytes of a tensor. Throws TensorDataError for an element its datatype does not have. */
export function encodeElements(datatype: Datatype, elements: Elements): Uint8Array {
  if (datatype === 'BYTES') return encodeTexts(elements);
  if (datatype === 'FP32' && elements instanceof Float32Array)
    return new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength);
  const { write, accepts } = FIXED_SIZE[datatype];
  const size = ELEMENT_BYTES[datatype];
  const bytes = new Uint8Array(elements.length * size);
  const view = new DataView(bytes.buffer);
  elements.forEach((element: Element, index: number) => {
    if (!accepts(element)) throw new TensorDataError(`not an element of ${datatype}: ${element}`);
    write(view, index * size, element);
  });
  return bytes;
}

function decodeTexts(bytes: Uint8Array, count: number): readonly string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const texts: string[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + 4 > bytes.length) throw new TensorDataError('the bytes end within a length');
    const length = view.getUint32(at, true);
    at += 4;
    if (length > bytes.length - at)
      throw new TensorDataError(`element ${texts.length} is said to have ${length} bytes`);
    if (texts.length === count) throw new TensorDataError(`more than ${count} elements`);
    try {
      texts.push(decoder.decode(bytes.subarray(at, at + length)));
    } catch (cause) {
      throw new TensorDataError(`element ${texts.length} is not UTF-8`, { cause });
    }
    at += length;
  }
  if (texts.length !== count)
    throw new TensorDataError(`${texts.length} elements instead of ${count}`);
  return texts;
}

function encodeTexts(elements: Elements): Uint8Array {
  const encoder = new TextEncoder();
  const parts = Array.from(elements as readonly Element[], (element) =>
    encoder.encode(String(element)),
  );
  const bytes = new Uint8Array(parts.reduce((length, part) => length + 4 + part.length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const part of parts) {
    view.setUint32(at, part.length, true);
    bytes.set(part, at + 4);
    at += 4 + part.length;
  }
  return bytes;
}
