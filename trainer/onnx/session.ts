// A version's ONNX file in onnxruntime, on this machine: encoded rows in, answers out.

import * as ort from 'onnxruntime-web';
import type { TensorMetadata } from '#contract/tensor.ts';

export interface Session {
  /** Answers `count` rows of `values`, row-major; as many values a row as the output has. */
  run(values: Float32Array<ArrayBuffer>, count: number): Promise<Float32Array>;
  release(): Promise<void>;
}

/** Throws when the file has no such tensors, or does not run. */
export async function openSession(
  onnx: Uint8Array,
  { input, output }: { readonly input: TensorMetadata; readonly output: TensorMetadata },
): Promise<Session> {
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(onnx);
  const [width, depth] = [input.shape[1]!, output.shape[1]!];
  return {
    async run(values, count) {
      const feeds = { [input.name]: new ort.Tensor('float32', values, [count, width]) };
      const answers = (await session.run(feeds))[output.name]?.data;
      if (!(answers instanceof Float32Array) || answers.length !== count * depth)
        throw new Error(`output ${output.name} is not [${count}, ${depth}] float32`);
      return answers;
    },
    release: () => session.release(),
  };
}
