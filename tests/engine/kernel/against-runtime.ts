// One model answered by ONNX Runtime, by kernel.wasm and by its reference in TypeScript.

import * as ort from 'onnxruntime-web';
import type { Kernel } from '#engine/kernel/code.ts';
import { openKernelModel } from '#engine/kernel/open-model.ts';
import { startReference } from '#engine/kernel/reference.ts';
import type { MadeModel } from './random-models.ts';
import { startKernelFile } from './start-kernel.ts';

export interface Outcome {
  /** Why the kernel leaves the model to ONNX Runtime; null when it does not. */
  readonly reason: string | null;
  /** Values that differ, with what each answered; empty when all are the same. */
  readonly differences: readonly string[];
  /** ONNX Runtime does not answer these rows. The kernel may then answer or refuse: a version that does so is not proven. */
  readonly isRefused: boolean;
}

export function createComparison(): (
  model: MadeModel,
  rows: Float32Array<ArrayBuffer>,
) => Promise<Outcome> {
  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = 'fatal';
  const kernels: readonly (readonly [string, Kernel])[] = [
    ['kernel', startKernelFile()],
    ['reference', startReference()],
  ];
  return async (model, rows) => {
    const expected = await answerOf(model, rows);
    if (expected === null) return { reason: null, differences: [], isRefused: true };
    const differences: string[] = [];
    for (const [name, kernel] of kernels) {
      const opened = openKernelModel(kernel, model.bytes, model.output);
      if ('reason' in opened) return { reason: opened.reason, differences, isRefused: false };
      const shape = [rows.length / model.columns, model.columns];
      const { elements } = opened.model.run([{ datatype: 'FP32', shape, elements: rows }]);
      opened.model.release();
      if (kernel.memory.used() !== 0)
        differences.push(`${name} keeps ${kernel.memory.used()} bytes`);
      differences.push(
        ...differencesOf(name, { elements, expected, rows, columns: model.columns }),
      );
    }
    return { reason: null, differences, isRefused: false };
  };
}

async function answerOf(
  { bytes, columns, output }: MadeModel,
  rows: Float32Array<ArrayBuffer>,
): Promise<Float32Array | null> {
  const session = await ort.InferenceSession.create(bytes);
  try {
    const tensor = new ort.Tensor('float32', rows, [rows.length / columns, columns]);
    const answers = await session.run({ [session.inputNames[0]!]: tensor }, [output]);
    return answers[output]!.data as Float32Array;
  } catch {
    return null;
  } finally {
    await session.release();
  }
}

interface Compared {
  readonly elements: ArrayLike<unknown>;
  readonly expected: Float32Array;
  readonly rows: Float32Array;
  readonly columns: number;
}

function differencesOf(name: string, { elements, expected, rows, columns }: Compared): string[] {
  if (elements.length !== expected.length)
    return [`${name}: ${elements.length} values instead of ${expected.length}`];
  const width = expected.length / (rows.length / columns);
  return Array.from(expected).flatMap((value, place) => {
    if (Object.is(value, elements[place])) return [];
    const row = Math.floor(place / width);
    const inputs = rows.slice(row * columns, (row + 1) * columns).join(', ');
    return [`${name}, row ${row} [${inputs}]: ${String(elements[place])} instead of ${value}`];
  });
}
