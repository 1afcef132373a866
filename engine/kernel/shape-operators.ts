// Operators that move values and leave them as they are: columns joined, chosen, laid out anew.

import { elementCount, type Element, type TensorValue } from '#contract/tensors/tensor-data.ts';
import { checkSize, requireConstant, type Operator } from './operator.ts';
import { Unsupported } from './unsupported.ts';

const identity: Operator = ({ attributes }) => {
  attributes.refuseOthers();
  return ([value]) => value!;
};

const concat: Operator = ({ attributes }) => {
  const axis = attributes.integer('axis', 1);
  attributes.refuseOthers();
  return (inputs) => {
    const [first] = inputs;
    const rank = first!.shape.length;
    const along = axis < 0 ? axis + rank : axis;
    const isEqual = inputs.every(
      ({ datatype, shape }) =>
        datatype === first!.datatype &&
        shape.length === rank &&
        shape.every((size, each) => each === along || size === first!.shape[each]),
    );
    if (!isEqual || along < 0 || along >= rank)
      throw new Unsupported(
        `Concat of [${inputs.map(({ shape }) => shape.join(', ')).join('] and [')}]`,
      );
    const total = inputs.reduce((sum, { shape }) => sum + shape[along]!, 0);
    const shape = first!.shape.map((size, each) => (each === along ? total : size));
    const blocks = elementCount(shape.slice(0, along));
    const answer = emptyLike(first!, elementCount(shape));
    let at = 0;
    for (let block = 0; block < blocks; block++)
      for (const { shape: own, elements } of inputs) {
        const size = elementCount(own.slice(along));
        for (let place = 0; place < size; place++)
          answer[at++] = elements[block * size + place] as never;
      }
    return { datatype: first!.datatype, shape, elements: answer };
  };
};

/** Columns of rows, by places that the file has. */
const gather: Operator = (node) => {
  const axis = node.attributes.integer('axis', 0);
  node.attributes.refuseOthers();
  const places = requireConstant(node, 1);
  return ([value]) => {
    if (value!.shape.length !== 2 || (axis !== 1 && axis !== -1))
      throw new Unsupported(`a Gather along axis ${axis} of [${value!.shape.join(', ')}]`);
    return columnsAt(value!, places, places.shape);
  };
};

const arrayFeatureExtractor: Operator = (node) => {
  node.attributes.refuseOthers();
  const places = requireConstant(node, 1);
  return ([value]) => {
    if (value!.shape.length !== 2)
      throw new Unsupported(`an ArrayFeatureExtractor of [${value!.shape.join(', ')}]`);
    return columnsAt(value!, places, [elementCount(places.shape)]);
  };
};

function columnsAt(
  { datatype, shape, elements }: TensorValue,
  places: TensorValue,
  placesShape: readonly number[],
): TensorValue {
  const [rows, columns] = [shape[0]!, shape[1]!];
  const columnAt = Array.from<Element, number>(places.elements, (place) => {
    const column = Number(place);
    const found = column < 0 ? column + columns : column;
    if (!(found >= 0 && found < columns)) throw new Unsupported(`column ${column} of ${columns}`);
    return found;
  });
  const answer = emptyLike({ datatype }, rows * columnAt.length);
  let at = 0;
  for (let row = 0; row < rows; row++)
    for (const column of columnAt) answer[at++] = elements[row * columns + column] as never;
  return { datatype, shape: [rows, ...placesShape], elements: answer };
}

const reshape: Operator = (node) => {
  const isZeroKept = node.attributes.integer('allowzero', 0) === 0;
  node.attributes.refuseOthers();
  const wanted = Array.from<Element, number>(requireConstant(node, 1).elements, Number);
  if (!isZeroKept || wanted.filter((size) => size === -1).length > 1)
    throw new Unsupported(`a Reshape to [${wanted.join(', ')}]`);
  return ([value]) => {
    const { datatype, shape, elements } = value!;
    const kept = wanted.map((size, axis) => (size === 0 ? shape[axis]! : size));
    const known = kept.filter((size) => size !== -1).reduce((product, size) => product * size, 1);
    const sizes = kept.map((size) => (size === -1 ? elements.length / known : size));
    if (elementCount(sizes) !== elements.length || !sizes.every(Number.isSafeInteger))
      throw new Unsupported(`a Reshape of [${shape.join(', ')}] to [${wanted.join(', ')}]`);
    return { datatype, shape: sizes, elements };
  };
};

const flatten: Operator = ({ attributes }) => {
  const axis = attributes.integer('axis', 1);
  attributes.refuseOthers();
  return ([value]) => {
    const { datatype, shape, elements } = value!;
    if (axis !== 1 || shape.length < 1) throw new Unsupported(`a Flatten at axis ${axis}`);
    const columns = elementCount(shape.slice(1));
    return { datatype, shape: [shape[0]!, columns], elements };
  };
};

function emptyLike(
  { datatype }: Pick<TensorValue, 'datatype'>,
  size: number,
): Float32Array | Element[] {
  checkSize(size);
  return datatype === 'FP32' ? new Float32Array(size) : new Array<Element>(size);
}

export const SHAPES: Readonly<Record<string, Operator>> = {
  Identity: identity,
  Concat: concat,
  Gather: gather,
  Reshape: reshape,
  Flatten: flatten,
};

export const ML_SHAPES: Readonly<Record<string, Operator>> = {
  ArrayFeatureExtractor: arrayFeatureExtractor,
};
