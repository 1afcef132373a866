// ONNX Runtime in the visitor's own browser: the same build as the Worker's, from our own files, loaded when asked for.

import type { Manifest } from '#contract/manifest.ts';

export interface HereModel {
  readonly version: string;
  /** Address of the runtime's WebAssembly. */
  readonly runtime: string;
  /** Answers encoded rows, one after the other: the probabilities of the labels, or the number, of each. */
  run(features: Float32Array, rows: number): Promise<Float32Array>;
  release(): Promise<void>;
}

/** Creates a session from the bytes of model.onnx. Throws with ONNX Runtime's own words. */
export async function openHere(manifest: Manifest, model: Uint8Array): Promise<HereModel> {
  const [ort, wasm] = await Promise.all([
    import('onnxruntime-web/wasm'),
    import('onnxruntime-web/ort-wasm-simd-threaded.wasm?url'),
  ]);
  // Threads would need headers that isolate the page from everything else; one row needs none.
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = { wasm: wasm.default };
  ort.env.logLevel = 'error';
  const input = manifest.tensors.inputs[0];
  const output = manifest.tensors.outputs.find(
    ({ datatype, shape }) => datatype === 'FP32' && shape.length === 2,
  );
  if (input === undefined || output === undefined)
    throw new Error(`no float tensors to answer with: ${manifest.model} ${manifest.version}`);
  const session = await ort.InferenceSession.create(model, { executionProviders: ['wasm'] });
  return {
    version: manifest.version,
    runtime: wasm.default,
    async run(features, rows) {
      const tensor = new ort.Tensor('float32', features, [rows, features.length / rows]);
      const { data } = (await session.run({ [input.name]: tensor }))[output.name]!;
      if (!(data instanceof Float32Array)) throw new Error(`not float32: ${output.name}`);
      return data.slice();
    },
    release: () => session.release(),
  };
}
