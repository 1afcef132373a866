// Tensors made up for the inputs a model announces.

import { parseList, parseObject } from '#contract/shapes/parse.ts';
import { elementCount, encodeElements, type Element } from '#contract/tensors/tensor-data.ts';
import { parseTensor, type Datatype, type TensorMetadata } from '#contract/tensors/tensor.ts';

export interface Tensor {
  readonly name: string;
  readonly datatype: Datatype;
  readonly shape: readonly number[];
  readonly elements: readonly Element[];
}

const ROWS = 2;

/** The first dimension a request decides is the rows; others get one element. */
export const createTensors = (inputs: readonly TensorMetadata[], rows = ROWS): readonly Tensor[] =>
  inputs.map(({ name, datatype, shape }) => {
    const open = (axis: number): number => (axis === 0 ? rows : 1);
    const filled = shape.map((size, axis) => (size === -1 ? open(axis) : size));
    const elements = Array.from({ length: elementCount(filled) }, (_, index) =>
      elementOf(datatype, index),
    );
    return { name, datatype, shape: filled, elements };
  });

function elementOf(datatype: Datatype, index: number): Element {
  if (datatype === 'BYTES') return index % 2 === 0 ? 'a' : 'b';
  if (datatype === 'BOOL') return index % 2 === 0;
  return index % 2;
}

export const withoutData = ({ name, datatype, shape }: Tensor): object => ({
  name,
  shape,
  datatype,
});

export const flat = (tensor: Tensor): object => ({
  ...withoutData(tensor),
  data: tensor.elements,
});

export const nested = (tensor: Tensor): object => ({
  ...withoutData(tensor),
  data: nest(tensor.elements, tensor.shape),
});

export const bytesOf = ({ datatype, elements }: Tensor): Uint8Array =>
  encodeElements(datatype, elements);

function nest(elements: readonly Element[], shape: readonly number[]): readonly unknown[] {
  const [size = 0, ...inner] = shape;
  if (inner.length === 0) return elements;
  const step = elementCount(inner);
  return Array.from({ length: size }, (_, index) =>
    nest(elements.slice(index * step, (index + 1) * step), inner),
  );
}

/** The inputs of an infer request in JSON, as a person wrote them. Throws ParseError. */
export const parseTensors = (value: unknown): readonly Tensor[] =>
  parseList(value, '', (item, pointer) => {
    const { data } = parseObject(item, pointer);
    const elements = parseList(data, `${pointer}/data`, (element) => element as Element);
    return { ...parseTensor(item, pointer), elements: elements.flat(Infinity) as Element[] };
  });
