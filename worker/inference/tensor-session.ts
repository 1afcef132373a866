// The general session, beside the fast one of rows: any number of named tensors in and out, of every datatype the protocol
// has, in whatever shapes the model gives. It is a call with a dozen small allocations, and meant for models that need it.

import type { TensorValue } from '#contract/tensors/tensor-data.ts';
import { openModel, type NamedTensor } from './open-model.ts';
import { RuntimeFault } from './runtime-fault.ts';
import { runtimeError, type Runtime } from './runtime.ts';
import { readTensorData, TensorMemory } from './tensor-memory.ts';

export interface TensorSession {
  /** As the file has them. */
  readonly inputs: readonly NamedTensor[];
  readonly outputs: readonly NamedTensor[];
  /**
   * Runs the model on a value for each of its inputs, in their order, and answers the outputs named, in that order, as copies.
   * Throws RuntimeFault when ONNX Runtime refuses.
   */
  run(values: readonly TensorValue[], outputs: readonly string[]): readonly TensorValue[];
  /** Frees everything the session holds; it cannot run after that. */
  release(): void;
}

/** Throws RuntimeFault with ONNX Runtime's own words. */
export function createTensorSession(runtime: Runtime, bytes: Uint8Array): TensorSession {
  const { ort } = runtime;
  const { handle, inputs, outputs, release } = openModel(runtime, bytes);
  let released = false;

  const nameOf = (name: string): number => {
    const output = outputs.find((known) => known.name === name);
    if (output === undefined) throw new RuntimeFault(`there is no output ${name}`);
    return output.nameAt;
  };

  return {
    inputs,
    outputs,
    run(values, wanted) {
      if (released) throw new RuntimeFault('the session was released');
      if (values.length !== inputs.length)
        throw new RuntimeFault(`${values.length} tensors for ${inputs.length} inputs`);
      const memory = new TensorMemory(runtime);
      const answers: number[] = [];
      try {
        const inputNamesAt = memory.words(inputs.map(({ nameAt }) => nameAt));
        const inputsAt = memory.words(values.map((value) => memory.tensor(value)));
        const outputNamesAt = memory.words(wanted.map(nameOf));
        // Zeros: the runtime allocates outputs, whose shapes only the run decides.
        const outputsAt = memory.words(wanted.map(() => 0));
        const failed = ort._OrtRun(
          handle,
          inputNamesAt,
          inputsAt,
          inputs.length,
          outputNamesAt,
          wanted.length,
          outputsAt,
          0,
        );
        const words = runtime.words();
        for (let index = 0; index < wanted.length; index++)
          answers.push(words[(outputsAt >>> 2) + index]!);
        if (failed !== 0) throw new RuntimeFault(runtimeError(runtime));
        return answers.map((answer) => readTensorData(runtime, answer));
      } finally {
        for (const answer of answers) if (answer !== 0) ort._OrtReleaseTensor(answer);
        memory.release();
      }
    },
    release() {
      released = true;
      release();
    },
  };
}
