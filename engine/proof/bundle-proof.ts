// The proof's Worker as workerd takes it: one module of JavaScript, and the runtime's WebAssembly beside it.

import { readFile } from 'node:fs/promises';
import { builtinModules, createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';

const ROOT = join(import.meta.dirname, '..', '..');

export interface ProofBundle {
  readonly script: string;
  readonly wasm: Uint8Array;
}

/** Throws with esbuild's words. */
export async function bundleProof(): Promise<ProofBundle> {
  const require = createRequire(import.meta.url);
  const builtins = builtinModules.filter((name) => !name.startsWith('_')).join('|');
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, 'worker', 'proof.ts')],
    absWorkingDir: ROOT,
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['workerd', 'worker', 'browser'],
    external: ['node:*'],
    // As wrangler.toml has it.
    define: { 'import.meta.url': '"file:///gharial/worker.js"' },
    plugins: [
      {
        name: 'as workerd names them',
        setup(on) {
          on.onResolve({ filter: new RegExp(`^(${builtins})$`) }, ({ path }) => ({
            path: `node:${path}`,
            external: true,
          }));
          on.onResolve({ filter: /\.wasm$/ }, () => ({ path: './ort.wasm', external: true }));
        },
      },
    ],
  });
  return {
    script: outputFiles[0]!.text,
    wasm: await readFile(require.resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm')),
  };
}
