// kernel.wasm as tests in node have it: workerd and Vite hand out the compiled module themselves.

import { readFileSync } from 'node:fs';
import { startKernel, type Kernel } from '../../../engine/kernel/code.ts';
import { KERNEL_FILE } from '../../../tools/assemble-kernel.ts';

export const startKernelFile = (): Kernel =>
  startKernel(new WebAssembly.Module(readFileSync(KERNEL_FILE)));
