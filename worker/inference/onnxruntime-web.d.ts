// Types of the two files of onnxruntime-web that the Worker imports directly.

declare module 'onnxruntime-web/ort-wasm-simd-threaded.mjs' {
  import type { OrtExports } from './runtime.ts';

  export default function factory(options: {
    instantiateWasm(
      imports: WebAssembly.Imports,
      done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
    ): WebAssembly.Exports;
  }): Promise<OrtExports>;
}

declare module 'onnxruntime-web/ort-wasm-simd-threaded.wasm' {
  const module: WebAssembly.Module;
  export default module;
}
