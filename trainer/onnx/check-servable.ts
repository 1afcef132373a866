// Whether somebody's .onnx file can be served as a tabular model: one FP32 input of rows, one FP32 output of rows. What
// stands in the way is said by name, all of it at once.

import type { Signature } from '#contract/signature.ts';
import type { TensorMetadata } from '#contract/tensor.ts';
import type { OnnxFile, OnnxValue } from './inspect.ts';

export interface Servable {
  readonly input: TensorMetadata;
  readonly output: TensorMetadata;
}

export interface ServableOptions {
  readonly signature: Signature;
  /** Float32 values the signature's features take. */
  readonly width: number;
}

/** The tensors that are served, or the faults that stand in the way. */
export function checkServable(
  file: OnnxFile,
  { signature, width }: ServableOptions,
): Servable | readonly string[] {
  const { target } = signature;
  const depth = target.type === 'category' ? target.labels.length : 1;
  const input = tensorOf(file.inputs[0]);
  const output = file.outputs.map(tensorOf).find((tensor) => tensor !== null) ?? null;
  const faults = [
    ...file.external.map(
      (name) => `tensor ${name} has its values in another file: save the model as one`,
    ),
    ...inputFaults(file.inputs, width),
    ...(output === null ? outputFaults(file) : depthFaults(output, depth)),
    ...labelFaults(file.labels, target),
  ];
  return faults.length > 0 || input === null || output === null ? faults : { input, output };
}

function inputFaults(inputs: readonly OnnxValue[], width: number): string[] {
  const names = inputs.map(({ name }) => name).join(', ');
  if (inputs.length !== 1)
    return [`model has ${inputs.length} inputs (${names}): one FP32 [rows, ${width}] is served`];
  const [input] = inputs as [OnnxValue];
  if (input.kind !== 'FP32' || input.shape?.length !== 2)
    return [`input ${input.name} is ${describe(input)}: FP32 [rows, ${width}] is served`];
  const [rows, columns] = input.shape as [number, number];
  return [
    ...(rows === -1
      ? []
      : [`input ${input.name} takes ${rows} rows at a time: any number is served`]),
    ...(columns === -1 || columns === width
      ? []
      : [`input ${input.name} takes ${columns} values a row, the signature gives ${width}`]),
  ];
}

function outputFaults({ outputs, operators }: OnnxFile): string[] {
  const found = outputs.map((output) => `${output.name} is ${describe(output)}`).join(', ');
  const advice = operators.includes('ZipMap')
    ? '; the operator ZipMap makes maps of probabilities: convert with zipmap off (skl2onnx: options={"zipmap": False})'
    : '';
  return [`no output is FP32 [rows, values]: ${found}${advice}`];
}

function depthFaults(output: TensorMetadata, depth: number): string[] {
  const found = output.shape[1]!;
  if (found === -1) return [`output ${output.name} does not say how many values a row has`];
  if (found === depth) return [];
  return [`output ${output.name} gives ${found} values a row, the signature's target has ${depth}`];
}

/** Labels 0, 1, 2, … are places, which the signature names; any others are names, and must be the same. */
function labelFaults(found: readonly string[] | null, target: Signature['target']): string[] {
  if (found === null || target.type === 'number') return [];
  if (found.every((label, place) => label === String(place))) return [];
  if (found.join('\n') === target.labels.join('\n')) return [];
  return [`model's labels are ${found.join(', ')}, the signature's ${target.labels.join(', ')}`];
}

function tensorOf(value: OnnxValue | undefined): TensorMetadata | null {
  if (value?.kind !== 'FP32' || value.shape?.length !== 2) return null;
  return { name: value.name, datatype: 'FP32', shape: [-1, value.shape[1]!] };
}

function describe({ kind, shape }: OnnxValue): string {
  if (kind === null) return 'of a type that is not known here';
  if (shape === null) return `a ${kind}`;
  return `${kind} [${shape.map((size) => (size === -1 ? '?' : size)).join(', ')}]`;
}
