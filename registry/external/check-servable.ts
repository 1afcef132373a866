// Whether somebody's .onnx file can be served as a model of rows: inputs that the signature's features fill, and an output
// of as many values a row as the target has. What stands in the way is said by name, all of it at once.

import { bindFeatures, bindingFault, columnsOf } from '#contract/features/bind-features.ts';
import { encodedSignature } from '#contract/features/encoded.ts';
import { apiName, type Signature } from '#contract/signature.ts';
import type { TensorMetadata } from '#contract/tensors/tensor.ts';
import type { OnnxFile, OnnxValue } from '#engine/onnx/inspect.ts';

export interface Servable {
  /** In the order that the signature's features fill them. */
  readonly inputs: readonly TensorMetadata[];
  /** Those that may be what the target says, the likeliest first. */
  readonly outputs: readonly TensorMetadata[];
}

/** The tensors that are served, or the faults that stand in the way. */
export function checkServable(file: OnnxFile, signature: Signature): Servable | readonly string[] {
  const { target } = signature;
  const depth = target.type === 'category' ? target.labels.length : 1;
  const found = outputsOf(file, depth);
  const inputs = inputsOf(file.inputs, signature);
  const faults = [
    ...externalFaults(file),
    ...(isTensors(inputs) ? bindingFaults(inputs, signature) : inputs),
    ...(found.length === 0 ? outputFaults(file, depth) : []),
    ...labelFaults(file.labels, target),
  ];
  return faults.length > 0 || !isTensors(inputs) ? faults : { inputs, outputs: found };
}

export const externalFaults = ({ external }: OnnxFile): readonly string[] =>
  external.map((name) => `tensor ${name} has its values in another file: save the model as one`);

type Inputs = readonly TensorMetadata[] | readonly string[];

const isTensors = (inputs: Inputs): inputs is readonly TensorMetadata[] =>
  inputs.every((input) => typeof input !== 'string');

function inputsOf(values: readonly OnnxValue[], signature: Signature): Inputs {
  const faults = values.flatMap((value) => {
    const { name, kind, shape } = value;
    if (kind === null || kind === 'map' || kind === 'sequence' || shape === null)
      return [`input ${name} is ${describeValue(value)}: a tensor of rows is served`];
    if (shape.length === 0 || shape.length > 2)
      return [`input ${name} is ${describeValue(value)}: [rows] or [rows, columns] is served`];
    if (shape[0] !== -1)
      return [`input ${name} takes ${shape[0]} rows at a time: any number is served`];
    return [];
  });
  if (faults.length > 0) return faults;
  const width = encodedSignature(signature).features.length;
  const tensors = values.map(tensorOf).map((tensor) => ({
    ...tensor,
    // Where the file leaves it open, the signature says it.
    shape: tensor.shape.map((size, axis) => (axis === 1 && size === -1 ? width : size)),
  }));
  return inOrderOf(tensors, signature);
}

/** Inputs that are called as the features are come in the order of the features; others in that of the file. */
function inOrderOf(
  tensors: readonly TensorMetadata[],
  { features }: Signature,
): readonly TensorMetadata[] {
  const named = features.map(({ name, column }) =>
    tensors.find((tensor) => tensor.name === column || safeName(tensor.name) === name),
  );
  const isEach =
    named.every((tensor) => tensor !== undefined) && new Set(named).size === tensors.length;
  return isEach ? (named as readonly TensorMetadata[]) : tensors;
}

function safeName(name: string): string | null {
  try {
    return apiName(name);
  } catch {
    // A name without a letter or digit names no feature.
    return null;
  }
}

function bindingFaults(inputs: readonly TensorMetadata[], signature: Signature): string[] {
  const width = encodedSignature(signature).features.length;
  const taken = inputs.reduce((sum, input) => sum + columnsOf(input), 0);
  if (taken !== width) {
    const names = inputs.map(({ name }) => name).join(', ');
    const who = inputs.length === 1 ? `input ${names} takes` : `inputs ${names} take`;
    return [`${who} ${taken} values a row, the signature gives ${width}`];
  }
  return bindFeatures(signature, inputs).flatMap(({ tensor, columns }) =>
    [...new Set(columns.map(({ feature }) => feature))].flatMap((place) => {
      const feature = signature.features[place]!;
      const fault = bindingFault(feature, tensor.datatype);
      if (fault === null) return [];
      return [`${feature.name} cannot go into input ${tensor.name} (${tensor.datatype}): ${fault}`];
    }),
  );
}

/** What a probability is called comes before what a score is. */
function outputsOf({ outputs }: OnnxFile, depth: number): readonly TensorMetadata[] {
  const fits = outputs.filter(({ kind, shape }) => {
    if ((kind !== 'FP32' && kind !== 'FP64') || shape === null) return false;
    return shape.length === 2 ? shape[1] === depth : shape.length === 1 && depth === 1;
  });
  const rank = ({ name }: OnnxValue): number => (/prob/i.test(name) ? 0 : 1);
  return fits
    .map((value, place) => ({ value, place }))
    .sort((a, b) => rank(a.value) - rank(b.value) || a.place - b.place)
    .map(({ value }) => tensorOf(value));
}

function outputFaults({ outputs, operators }: OnnxFile, depth: number): string[] {
  const found = outputs.map((output) => `${output.name} is ${describeValue(output)}`).join(', ');
  const advice = operators.includes('ZipMap')
    ? '; the operator ZipMap makes maps of probabilities: convert with zipmap off (skl2onnx: options={"zipmap": False})'
    : '';
  return [`no output is FP32 or FP64 [rows, ${depth}], which the target has: ${found}${advice}`];
}

/** Labels 0, 1, 2, … are places, which the signature names; any others are names, and must be the same. */
function labelFaults(found: readonly string[] | null, target: Signature['target']): string[] {
  if (found === null || target.type === 'number') return [];
  if (found.every((label, place) => label === String(place))) return [];
  if (found.join('\n') === target.labels.join('\n')) return [];
  return [`model's labels are ${found.join(', ')}, the signature's ${target.labels.join(', ')}`];
}

/** Of a value that is a tensor of known rank. */
export const tensorOf = ({ name, kind, shape }: OnnxValue): TensorMetadata => ({
  name,
  datatype: kind as TensorMetadata['datatype'],
  shape: shape ?? [],
});

export function describeValue({ kind, shape }: OnnxValue): string {
  if (kind === null) return 'of a type that is not known here';
  if (shape === null) return `a ${kind}`;
  return `${kind} [${shape.map((size) => (size === -1 ? '?' : size)).join(', ')}]`;
}
