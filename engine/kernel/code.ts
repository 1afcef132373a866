// The compiled part of the kernel, and the memory it works in. kernel.wat has the loops; reference.ts is the same in TypeScript.

import { createLinearMemory, type LinearMemory } from './linear-memory.ts';

/** All arguments but counts are addresses in bytes. */
export interface KernelCode {
  /** Adds the leaf of every tree to `scores` (f32 by row); `stride` is the bytes of a row. */
  sum(
    roots: number,
    trees: number,
    rows: number,
    count: number,
    stride: number,
    scores: number,
  ): void;
  /** Adds the leaf's weights of every tree to `scores` (`width` bytes a row), and marks what was added to. */
  spread(
    roots: number,
    trees: number,
    rows: number,
    count: number,
    stride: number,
    scores: number,
    width: number,
    marks: number,
  ): void;
  /**
   * `out[count, width] = start[width] + rows[count, depth] × weights[depth, width]`; width is a multiple of four. Each `block` of
   * columns is summed by itself before the sum is added to the total.
   */
  multiply(
    rows: number,
    count: number,
    depth: number,
    weights: number,
    start: number,
    width: number,
    out: number,
    block: number,
  ): void;
}

export interface Kernel {
  readonly code: KernelCode;
  readonly memory: LinearMemory;
}

/** Starts kernel.wasm. Touches no I/O, timer or random value, so global scope may call it. */
export function startKernel(module: WebAssembly.Module): Kernel {
  const { memory, ...code } = new WebAssembly.Instance(module).exports;
  if (!(memory instanceof WebAssembly.Memory)) throw new Error('kernel.wasm exports no memory');
  return { code: code as unknown as KernelCode, memory: createLinearMemory(memory) };
}
