// Operators that make each value of an answer from the values at its place: arithmetic, comparisons, choices, casts. Inputs of
// unequal shapes are broadcast as numpy does it.

import { elementCount, type Element, type TensorValue } from '#contract/tensors/tensor-data.ts';
import type { Datatype } from '#contract/tensors/tensor.ts';
import { ONNX_DATATYPES } from '#contract/tensors/tensor.ts';
import { sigmoid, tanh } from './mlas.ts';
import { checkSize, float32, type Operator, type Step } from './operator.ts';
import { Unsupported } from './unsupported.ts';

/** Answers are rounded to float32 where they are stored. */
const arithmetic =
  (change: (a: number, b: number) => number): Operator =>
  ({ attributes }) => {
    attributes.refuseOthers();
    return (inputs) =>
      inputs
        .slice(1)
        .reduce(
          (left, right) => combine(left, right, change),
          float32(inputs[0]!.shape, floatsOf(inputs[0]!)),
        );
  };

function combine(
  left: TensorValue,
  right: TensorValue,
  change: (a: number, b: number) => number,
): TensorValue {
  const [a, b] = [floatsOf(left), floatsOf(right)];
  const shape = broadcastShape([left.shape, right.shape]);
  const [placeA, placeB] = [placesOf(left.shape, shape), placesOf(right.shape, shape)];
  const answer = new Float32Array(elementCount(shape));
  for (let place = 0; place < answer.length; place++)
    answer[place] = change(a[placeA(place)]!, b[placeB(place)]!);
  return float32(shape, answer);
}

const eachValue =
  (change: (value: number) => number): Operator =>
  ({ attributes }) => {
    attributes.refuseOthers();
    return ([value]) => float32(value!.shape, floatsOf(value!).map(change));
  };

const test =
  (accepts: (value: number) => boolean): Operator =>
  ({ attributes }) => {
    attributes.refuseOthers();
    return ([value]) => ({
      datatype: 'BOOL',
      shape: value!.shape,
      elements: Array.from(floatsOf(value!), accepts),
    });
  };

const equal: Operator = ({ attributes }) => {
  attributes.refuseOthers();
  return ([left, right]) => {
    if (left!.datatype !== right!.datatype)
      throw new Unsupported(`Equal of ${left!.datatype} and ${right!.datatype}`);
    const shape = broadcastShape([left!.shape, right!.shape]);
    const [placeA, placeB] = [placesOf(left!.shape, shape), placesOf(right!.shape, shape)];
    const elements = Array.from(
      { length: elementCount(shape) },
      (_, place) => left!.elements[placeA(place)] === right!.elements[placeB(place)],
    );
    return { datatype: 'BOOL', shape, elements };
  };
};

const where: Operator = ({ attributes }) => {
  attributes.refuseOthers();
  return ([condition, yes, no]) => {
    if (condition!.datatype !== 'BOOL') throw new Unsupported(`Where ${condition!.datatype}`);
    const [a, b] = [floatsOf(yes!), floatsOf(no!)];
    const shape = broadcastShape([condition!.shape, yes!.shape, no!.shape]);
    const placeOf = placesOf(condition!.shape, shape);
    const [placeA, placeB] = [placesOf(yes!.shape, shape), placesOf(no!.shape, shape)];
    const answer = new Float32Array(elementCount(shape));
    for (let place = 0; place < answer.length; place++)
      answer[place] =
        condition!.elements[placeOf(place)] === true ? a[placeA(place)]! : b[placeB(place)]!;
    return float32(shape, answer);
  };
};

const cast: Operator = ({ attributes }) => {
  const to = ONNX_DATATYPES[attributes.integer('to', 0)] ?? null;
  attributes.refuseOthers(['saturate']);
  if (to !== 'FP32' && to !== 'INT64')
    throw new Unsupported(`a Cast to ${to ?? 'an unknown type'}`);
  return castTo(to);
};

function castTo(to: Datatype): Step {
  return ([value]) => {
    const { datatype, shape, elements } = value!;
    if (datatype === to) return value!;
    if (to === 'FP32' && (datatype === 'INT64' || datatype === 'INT32' || datatype === 'BOOL'))
      return float32(shape, Float32Array.from(elements, floatOfInteger));
    if (to === 'INT64' && (datatype === 'INT32' || datatype === 'BOOL'))
      return {
        datatype: to,
        shape,
        elements: Array.from<Element, bigint>(elements, (each) => BigInt(each)),
      };
    throw new Unsupported(`a Cast from ${datatype} to ${to}`);
  };
}

/** Rounded once: the way over a double would round twice beyond 2⁵³. */
export function floatOfInteger(value: Element): number {
  if (typeof value !== 'bigint') return Number(value);
  const size = value < 0n ? -value : value;
  if (size < 1n << 53n) return Number(value);
  const sticky = (size & 0x7ffn) === 0n ? 0n : 1n;
  const rounded = Math.fround(Number((size >> 11n) | sticky) * 2 ** 11);
  return value < 0n ? -rounded : rounded;
}

function floatsOf({ datatype, elements }: TensorValue): Float32Array<ArrayBuffer> {
  if (datatype !== 'FP32' || !(elements instanceof Float32Array))
    throw new Unsupported(`arithmetic on ${datatype}`);
  return elements as Float32Array<ArrayBuffer>;
}

function broadcastShape(shapes: readonly (readonly number[])[]): readonly number[] {
  const rank = Math.max(...shapes.map(({ length }) => length));
  const broadcast = Array.from({ length: rank }, (_, axis) => {
    const sizes = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1);
    const size = sizes.find((each) => each !== 1) ?? 1;
    if (sizes.some((each) => each !== 1 && each !== size))
      throw new Unsupported(`shapes [${shapes.map(String).join('] and [')}]`);
    return size;
  });
  checkSize(elementCount(broadcast));
  return broadcast;
}

/** From a place in the broadcast shape to the place in a value. */
function placesOf(from: readonly number[], to: readonly number[]): (place: number) => number {
  const size = elementCount(from);
  if (size === elementCount(to)) return (place) => place;
  if (size === 1) return () => 0;
  // A row that is the same for all rows, which nearly every constant is.
  if (from.at(-1) === to.at(-1) && size === to.at(-1)) return (place) => place % size;
  const steps: number[] = [];
  let step = 1;
  for (let axis = 1; axis <= to.length; axis++) {
    const own = from[from.length - axis] ?? 1;
    steps.unshift(own === 1 ? 0 : step);
    step *= own;
  }
  return (place) => {
    let [rest, found] = [place, 0];
    for (let axis = to.length - 1; axis >= 0; axis--) {
      found += (rest % to[axis]!) * steps[axis]!;
      rest = Math.floor(rest / to[axis]!);
    }
    return found;
  };
}

export const ELEMENTWISE: Readonly<Record<string, Operator>> = {
  Add: arithmetic((a, b) => a + b),
  Sub: arithmetic((a, b) => a - b),
  Mul: arithmetic((a, b) => a * b),
  Div: arithmetic((a, b) => a / b),
  Min: arithmetic(Math.min),
  Max: arithmetic(Math.max),
  Neg: eachValue((value) => -value),
  Abs: eachValue(Math.abs),
  Relu: eachValue((value) => (value < 0 ? 0 : value)),
  Sigmoid: eachValue(sigmoid),
  Tanh: eachValue(tanh),
  IsNaN: test(Number.isNaN),
  Equal: equal,
  Where: where,
  Cast: cast,
};
