// Tensors as the Open Inference Protocol names them.

import { parseList, parseObject, ParseError, parseText } from '../shapes/parse.ts';

export const DATATYPES = [
  'BOOL',
  'UINT8',
  'UINT16',
  'UINT32',
  'UINT64',
  'INT8',
  'INT16',
  'INT32',
  'INT64',
  'FP16',
  'FP32',
  'FP64',
  'BYTES',
] as const;

export type Datatype = (typeof DATATYPES)[number];

/** The protocol's name for each element type of ONNX (TensorProto.DataType). */
export const ONNX_DATATYPES: Readonly<Partial<Record<number, Datatype>>> = {
  1: 'FP32',
  2: 'UINT8',
  3: 'INT8',
  4: 'UINT16',
  5: 'INT16',
  6: 'INT32',
  7: 'INT64',
  8: 'BYTES',
  9: 'BOOL',
  10: 'FP16',
  11: 'FP64',
  12: 'UINT32',
  13: 'UINT64',
};

export interface TensorMetadata {
  readonly name: string;
  readonly datatype: Datatype;
  /** -1 is a dimension the request decides. */
  readonly shape: readonly number[];
  /** Of an output that has a value for each class: their names, where they are known. */
  readonly labels?: readonly string[];
}

export function parseTensor(value: unknown, pointer: string): TensorMetadata {
  const object = parseObject(value, pointer);
  const datatype = DATATYPES.find((known) => known === object.datatype);
  if (datatype === undefined) throw new ParseError(`${pointer}/datatype`, 'is not a datatype');
  return {
    name: parseText(object.name, `${pointer}/name`),
    datatype,
    shape: parseList(object.shape, `${pointer}/shape`, (size, at) => {
      if (!Number.isSafeInteger(size) || (size as number) < -1)
        throw new ParseError(at, 'must be -1 or a size');
      return size as number;
    }),
    ...(object.labels !== undefined && {
      labels: parseList(object.labels, `${pointer}/labels`, parseText),
    }),
  };
}
