// The only importer of onnxruntime-web in the Worker. It takes the precompiled WebAssembly module that workerd hands out
// (workerd refuses to compile bytes), starts ONNX Runtime in it, and exposes the exported C functions that sessions use.

import factory from 'onnxruntime-web/ort-wasm-simd-threaded.mjs';
import wasmModule from 'onnxruntime-web/ort-wasm-simd-threaded.wasm';

/** Exported functions of ONNX Runtime's web build 1.30; every pointer is an offset into linear memory. */
export interface OrtExports {
  _OrtInit(threads: number, logLevel: number): number;
  _OrtGetLastError(codeAt: number, messageAt: number): number;
  _OrtCreateSessionOptions(
    graphOptimization: number,
    cpuArena: boolean,
    memoryPattern: boolean,
    executionMode: number,
    profiling: boolean,
    profilePrefix: number,
    logId: number,
    logSeverity: number,
    logVerbosity: number,
    optimizedPath: number,
  ): number;
  _OrtReleaseSessionOptions(options: number): number;
  _OrtCreateSession(bytesAt: number, length: number, options: number): number;
  _OrtReleaseSession(session: number): number;
  _OrtGetInputOutputCount(session: number, inputsAt: number, outputsAt: number): number;
  _OrtGetInputOutputMetadata(
    session: number,
    index: number,
    nameAt: number,
    metadataAt: number,
  ): number;
  _OrtFree(pointer: number): number;
  _OrtCreateTensor(
    elementType: number,
    dataAt: number,
    bytes: number,
    dimsAt: number,
    rank: number,
    location: number,
  ): number;
  _OrtGetTensorData(
    tensor: number,
    typeAt: number,
    dataAt: number,
    dimsAt: number,
    rankAt: number,
  ): number;
  _OrtReleaseTensor(tensor: number): number;
  _OrtRun(
    session: number,
    inputNamesAt: number,
    inputsAt: number,
    inputCount: number,
    outputNamesAt: number,
    outputCount: number,
    outputsAt: number,
    runOptions: number,
  ): number;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  UTF8ToString(pointer: number): string;
}

export interface Runtime {
  readonly ort: OrtExports;
  /** Views of linear memory as it is now: it may have grown since the last call. */
  bytes(): Uint8Array;
  words(): Uint32Array;
  floats(): Float32Array;
}

const REQUIRED: readonly (keyof OrtExports)[] = [
  '_OrtInit',
  '_OrtGetLastError',
  '_OrtCreateSessionOptions',
  '_OrtReleaseSessionOptions',
  '_OrtCreateSession',
  '_OrtReleaseSession',
  '_OrtGetInputOutputCount',
  '_OrtGetInputOutputMetadata',
  '_OrtFree',
  '_OrtCreateTensor',
  '_OrtGetTensorData',
  '_OrtReleaseTensor',
  '_OrtRun',
  '_malloc',
  '_free',
  'UTF8ToString',
];

const ONE_THREAD = 1;
const WARNINGS = 2;

let starting: Promise<Runtime> | null = null;

/**
 * The runtime, started on the first call. Touches no I/O, timer or random value, so global scope may call it.
 * A failed start poisons the module for the isolate's life, hence the one shared promise.
 */
export function startRuntime(): Promise<Runtime> {
  starting ??= start();
  return starting;
}

async function start(): Promise<Runtime> {
  let memory: WebAssembly.Memory | null = null;
  const ort = await factory({
    instantiateWasm(imports, done) {
      memory = importedMemory(imports);
      const instance = new WebAssembly.Instance(wasmModule, imports);
      done(instance, wasmModule);
      return instance.exports;
    },
  });
  const missing = REQUIRED.filter((name) => typeof ort[name] !== 'function');
  if (missing.length > 0 || memory === null)
    throw new Error(
      `this build of onnxruntime-web is not 1.30: it lacks ${missing.join(', ') || 'an imported memory'}`,
    );
  if (ort._OrtInit(ONE_THREAD, WARNINGS) !== 0)
    throw new Error(`onnxruntime could not start: ${lastError(ort, memory)}`);
  return views(ort, memory);
}

function views(ort: OrtExports, memory: WebAssembly.Memory): Runtime {
  let bytes = new Uint8Array(memory.buffer);
  let words = new Uint32Array(memory.buffer);
  let floats = new Float32Array(memory.buffer);
  const refresh = (): void => {
    if (bytes.buffer === memory.buffer) return;
    bytes = new Uint8Array(memory.buffer);
    words = new Uint32Array(memory.buffer);
    floats = new Float32Array(memory.buffer);
  };
  return {
    ort,
    bytes: () => (refresh(), bytes),
    words: () => (refresh(), words),
    floats: () => (refresh(), floats),
  };
}

/** What ONNX Runtime says of the call that just failed. */
export function runtimeError({ ort, words }: Runtime): string {
  return messageAt(ort, words);
}

function lastError(ort: OrtExports, memory: WebAssembly.Memory): string {
  return messageAt(ort, () => new Uint32Array(memory.buffer));
}

function messageAt(ort: OrtExports, words: () => Uint32Array): string {
  const scratch = ort._malloc(8);
  ort._OrtGetLastError(scratch, scratch + 4);
  const pointer = words()[(scratch + 4) >>> 2]!;
  ort._free(scratch);
  return pointer === 0 ? 'no reason given' : ort.UTF8ToString(pointer);
}

function importedMemory(imports: WebAssembly.Imports): WebAssembly.Memory | null {
  for (const namespace of Object.values(imports))
    for (const value of Object.values(namespace))
      if (value instanceof WebAssembly.Memory) return value;
  return null;
}
