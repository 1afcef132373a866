// What stands before a model in a tabular pipeline: scaling, filling gaps, categories as numbers (ai.onnx.ml).

import { type Element, type TensorValue } from '#contract/tensors/tensor-data.ts';
import { checkSize, float32, requireRows, type Operator } from './operator.ts';
import { Unsupported } from './unsupported.ts';

const f = Math.fround;

const scaler: Operator = ({ attributes }) => {
  const offset = attributes.floats('offset');
  const scale = attributes.floats('scale');
  attributes.refuseOthers();
  return ([value]) => {
    const { rows, columns, values } = requireRows(value!);
    const [offsetAt, scaleAt] = [perColumn(offset, columns), perColumn(scale, columns)];
    const answer = values.map((each, place) => {
      const column = place % columns;
      return f(each - offsetAt(column)) * scaleAt(column);
    });
    return float32([rows, columns], answer);
  };
};

/** A list of one value is the same for all columns. */
function perColumn(list: Float32Array, columns: number): (column: number) => number {
  if (list.length === 1) return () => list[0]!;
  if (list.length !== columns)
    throw new Unsupported(`${list.length} values for ${columns} columns`);
  return (column) => list[column]!;
}

const imputer: Operator = ({ attributes }) => {
  const filling = attributes.floats('imputed_value_floats');
  const replaced = attributes.float('replaced_value_float', 0);
  attributes.refuseOthers();
  const isGap = Number.isNaN(replaced) ? Number.isNaN : (value: number) => value === replaced;
  return ([value]) => {
    const { rows, columns, values } = requireRows(value!);
    const fillingAt = perColumn(filling, columns);
    const answer = values.map((each, place) => (isGap(each) ? fillingAt(place % columns) : each));
    return float32([rows, columns], answer);
  };
};

const normalizer: Operator = ({ attributes }) => {
  const norm = attributes.text('norm', 'MAX');
  attributes.refuseOthers();
  if (norm !== 'L1') throw new Unsupported(`a Normalizer by ${norm.slice(0, 40)}`);
  return ([value]) => {
    const { rows, columns, values } = requireRows(value!);
    const answer = values.slice();
    for (let start = 0; start < answer.length; start += columns) {
      let sum = 0;
      for (let at = start; at < start + columns; at++) sum = f(sum + Math.abs(values[at]!));
      if (sum !== 0)
        for (let at = start; at < start + columns; at++) answer[at] = values[at]! / sum;
    }
    return float32([rows, columns], answer);
  };
};

const oneHotEncoder: Operator = ({ attributes }) => {
  const texts = attributes.texts('cats_strings');
  const isZero = attributes.integer('zeros', 1) !== 0;
  const integers = attributes.bigIntegers('cats_int64s');
  attributes.refuseOthers();
  const categories = texts.length > 0 ? texts : integers;
  const datatype = texts.length > 0 ? 'BYTES' : 'INT64';
  const places = new Map<Element, number>(categories.map((category, place) => [category, place]));
  if (places.size !== categories.length) throw new Unsupported('categories that are there twice');
  return ([value]) => {
    if (value!.datatype !== datatype)
      throw new Unsupported(`a OneHotEncoder of ${datatype} for ${value!.datatype}`);
    checkSize(value!.elements.length * categories.length);
    const answer = new Float32Array(value!.elements.length * categories.length);
    Array.from<Element>(value!.elements).forEach((element, index) => {
      const place = places.get(element);
      if (place !== undefined) answer[index * categories.length + place] = 1;
      else if (!isZero) throw new Unsupported('a category that the encoder does not know');
    });
    return float32([...value!.shape, categories.length], answer);
  };
};

/** By the kind of keys and of values; floats are no keys here, since NaN is one of its own to ONNX Runtime. */
const labelEncoder: Operator = ({ attributes }) => {
  const keyTexts = attributes.texts('keys_strings');
  const keys = keyTexts.length > 0 ? keyTexts : attributes.bigIntegers('keys_int64s');
  const floats = attributes.floats('values_floats');
  const integers = attributes.bigIntegers('values_int64s');
  const otherwise = {
    float: attributes.float('default_float', -0),
    integer: BigInt(attributes.integer('default_int64', -1)),
  };
  attributes.refuseOthers(['default_string']);
  const from = keyTexts.length > 0 ? 'BYTES' : 'INT64';
  const isFloat = floats.length > 0;
  const values: ArrayLike<Element> = isFloat ? floats : integers;
  if (keys.length === 0 || values.length !== keys.length)
    throw new Unsupported(`a LabelEncoder of ${keys.length} keys and ${values.length} values`);
  // The first of equal keys counts.
  const table = new Map<Element, Element>();
  keys.forEach((key, place) => table.has(key) || table.set(key, values[place]!));
  return ([value]) => {
    const { datatype, shape, elements } = value!;
    if (datatype !== from) throw new Unsupported(`a LabelEncoder of ${from} for ${datatype}`);
    const found = (element: Element): Element =>
      table.get(element) ?? (isFloat ? otherwise.float : otherwise.integer);
    if (isFloat)
      return float32(
        shape,
        Float32Array.from(elements, (element) => Number(found(element))),
      );
    return {
      datatype: 'INT64',
      shape,
      elements: Array.from<Element, Element>(elements, found),
    } satisfies TensorValue;
  };
};

export const ENCODERS: Readonly<Record<string, Operator>> = {
  Scaler: scaler,
  Imputer: imputer,
  Normalizer: normalizer,
  OneHotEncoder: oneHotEncoder,
  LabelEncoder: labelEncoder,
};
