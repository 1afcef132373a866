// The exports of ONNX Runtime's build are no public interface: one that lacks what is called must not come up.

import { beforeEach, expect, test, vi } from 'vitest';

let exported: Record<string, unknown> = {};

vi.mock('onnxruntime-web/ort-wasm-simd-threaded.wasm', () => ({ default: {} }));
vi.mock('onnxruntime-web/ort-wasm-simd-threaded.mjs', () => ({
  default: () => Promise.resolve(exported),
}));

/** Calls whatever is asked of it, without doing anything. */
const complete = (): Record<string, unknown> =>
  new Proxy({} as Record<string, unknown>, {
    get: (functions, name) =>
      name === 'then' ? undefined : (functions[String(name)] ?? (() => 0)),
  });

beforeEach(() => vi.resetModules());

async function start(): Promise<unknown> {
  const { startRuntime } = await import('../../worker/inference/runtime.ts');
  return startRuntime();
}

test.each(['_OrtRun', '_OrtCreateTensor', '_malloc', 'UTF8ToString'])(
  'a build without %s is refused by that name',
  async (name) => {
    exported = complete();
    exported[name] = 'no function';
    await expect(start()).rejects.toThrow(
      `this build of onnxruntime-web is not 1.30: it lacks ${name}`,
    );
  },
);

test('a build that keeps its memory to itself is refused', async () => {
  exported = complete();
  await expect(start()).rejects.toThrow('it lacks an imported memory');
});
