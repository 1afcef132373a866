// TensorProto → a value in memory: weights, lists of places, shapes. Its data is in the field of its type or in raw bytes.

import { decodeElements, elementCount, type TensorValue } from '#contract/tensors/tensor-data.ts';
import { ONNX_DATATYPES, type Datatype } from '#contract/tensors/tensor.ts';
import { Cursor } from './protobuf.ts';
import { Unsupported } from './unsupported.ts';

/** Throws ProtobufError, or Unsupported for a datatype or a place of data that is not read here. */
export function readTensor(bytes: Uint8Array): TensorValue {
  const shape: number[] = [];
  let type = 0;
  let raw: Uint8Array | null = null;
  const numbers: number[] = [];
  const bigs: bigint[] = [];
  const texts: string[] = [];
  const cursor = new Cursor(bytes);
  while (cursor.next()) {
    if (cursor.field === 1) cursor.integers((size) => shape.push(size));
    else if (cursor.field === 2) type = cursor.integer();
    else if (cursor.field === 4) cursor.floats((value) => numbers.push(value));
    else if (cursor.field === 5) cursor.integers((value) => numbers.push(value));
    else if (cursor.field === 6) texts.push(cursor.text());
    else if (cursor.field === 7) cursor.bigIntegers((value) => bigs.push(value));
    else if (cursor.field === 9) raw = cursor.bytes();
    else if (cursor.field === 14 && cursor.integer() !== 0)
      throw new Unsupported('weights in another file');
    else if (cursor.field !== 14) cursor.skip();
  }
  const datatype = ONNX_DATATYPES[type] ?? null;
  const count = elementCount(shape);
  if (!Number.isSafeInteger(count) || count < 0)
    throw new Unsupported(`a tensor [${shape.join(', ')}]`);
  const elements = elementsOf(datatype, { raw, numbers, bigs, texts }, count);
  if (elements.length !== count)
    throw new Unsupported(`a tensor [${shape.join(', ')}] with ${elements.length} values`);
  return { datatype: datatype as Datatype, shape, elements };
}

interface Data {
  readonly raw: Uint8Array | null;
  readonly numbers: readonly number[];
  readonly bigs: readonly bigint[];
  readonly texts: readonly string[];
}

function elementsOf(
  datatype: Datatype | null,
  { raw, numbers, bigs, texts }: Data,
  count: number,
): TensorValue['elements'] {
  const size = { FP32: 4, INT64: 8, INT32: 4, UINT8: 1, BOOL: 1 }[String(datatype)];
  if (raw !== null && size !== undefined) {
    if (raw.length !== size * count)
      throw new Unsupported(`${raw.length} bytes for ${count} values`);
    return decodeElements(datatype!, raw, count);
  }
  if (datatype === 'FP32') return Float32Array.from(numbers);
  if (datatype === 'INT64') return bigs;
  if (datatype === 'INT32' || datatype === 'UINT8') return numbers;
  if (datatype === 'BOOL') return numbers.map((value) => value !== 0);
  if (datatype === 'BYTES') return texts;
  throw new Unsupported(`a tensor of ${datatype ?? 'an unknown type'}`);
}
