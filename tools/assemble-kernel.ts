// npm run kernel: engine/kernel/kernel.wat → kernel.wasm. The file is committed, since workerd compiles no bytes at run time and
// nobody should need a step more to start; a test assembles it again and compares.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import wabt from 'wabt';

const FOLDER = join(import.meta.dirname, '..', 'engine', 'kernel');
export const KERNEL_FILE = join(FOLDER, 'kernel.wasm');

/** Throws with the line that is wrong. */
export async function assembleKernel(): Promise<Uint8Array> {
  const assembler = await wabt();
  const text = readFileSync(join(FOLDER, 'kernel.wat'), 'utf8');
  const module = assembler.parseWat('kernel.wat', text, { simd: true, multi_value: true });
  try {
    module.validate();
    return Uint8Array.from(module.toBinary({}).buffer);
  } finally {
    module.destroy();
  }
}

if (import.meta.main) {
  const bytes = await assembleKernel();
  writeFileSync(KERNEL_FILE, bytes);
  console.log(`${KERNEL_FILE}: ${bytes.length} bytes`);
}
