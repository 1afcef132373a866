// Whether somebody's .onnx file can be served as a model of tensors: every input and output is a tensor of a datatype that
// the Open Inference Protocol has a name for.

import type { TensorMetadata } from '#contract/tensors/tensor.ts';
import { describeValue, externalFaults, tensorOf } from './check-servable.ts';
import type { OnnxFile, OnnxValue } from '#engine/onnx/inspect.ts';

export interface ServableTensors {
  readonly inputs: readonly TensorMetadata[];
  /** Those of which the file does not say the shape have none yet: a run says it. */
  readonly outputs: readonly TensorMetadata[];
  readonly shapeless: ReadonlySet<string>;
}

/** The tensors, or the faults that stand in the way. */
export function checkTensors(file: OnnxFile): ServableTensors | readonly string[] {
  const faults = [
    ...externalFaults(file),
    ...file.inputs.flatMap((value) => kindFaults('input', value)),
    ...file.inputs.flatMap(({ name, kind, shape }) =>
      kind !== null && isTensor(kind) && shape === null
        ? [`input ${name} does not say its shape`]
        : [],
    ),
    ...file.outputs.flatMap((value) => kindFaults('output', value)),
    ...(file.inputs.length === 0 ? ['model takes nothing: its answer is always the same'] : []),
  ];
  if (faults.length > 0) return faults;
  return {
    inputs: file.inputs.map(tensorOf),
    outputs: file.outputs.map(tensorOf),
    shapeless: new Set(file.outputs.filter(({ shape }) => shape === null).map(({ name }) => name)),
  };
}

const isTensor = (kind: string): boolean => kind !== 'map' && kind !== 'sequence';

function kindFaults(side: string, value: OnnxValue): string[] {
  const { name, kind } = value;
  if (kind === null || !isTensor(kind))
    return [
      `${side} ${name} is ${describeValue(value)}: tensors of the protocol's datatypes are served${zipMap(kind)}`,
    ];
  return [];
}

const zipMap = (kind: string | null): string =>
  kind === 'sequence' || kind === 'map'
    ? ' (of a classifier’s probabilities: convert with zipmap off)'
    : '';
