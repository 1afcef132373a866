// The edge calls ONNX Runtime's exported functions, which are no public interface. Its public class is the oracle here: the
// same file and the same rows must give the same bits.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as ort from 'onnxruntime-web';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { convert } from '../../trainer/convert/convert.ts';
import { makeTrees, signatureOf, type Shape } from '../../bench/made-trees.ts';
import { SESSION_BYTES } from '../../worker/limits.ts';
import { startRuntime, type Runtime } from '../../worker/inference/runtime.ts';
import { sessionBytes } from '../../worker/inference/predictor.ts';
import { RuntimeFault } from '../../worker/inference/runtime-fault.ts';
import { createSession } from '../../worker/inference/session.ts';

// What workerd does with such an import: it compiles the module before the Worker starts.
vi.mock('onnxruntime-web/ort-wasm-simd-threaded.wasm', () => {
  const file = createRequire(import.meta.url).resolve(
    'onnxruntime-web/ort-wasm-simd-threaded.wasm',
  );
  return { default: new WebAssembly.Module(readFileSync(file)) };
});

const MIB = 1_048_576;

const SHAPES: readonly Shape[] = [
  { name: 'one-tree', trees: 1, depth: 6, numbers: 6, classes: 18 },
  { name: 'two-classes', trees: 3, depth: 3, numbers: 4, classes: 2 },
  { name: 'categories', trees: 5, depth: 5, numbers: 1, categories: [3, 40], classes: 4 },
  { name: 'forest', trees: 60, depth: 6, numbers: 30, categories: [9], classes: 7 },
];

let runtime: Runtime;

beforeAll(async () => {
  ort.env.wasm.numThreads = 1;
  runtime = await startRuntime();
}, 60_000);

const fileOf = (shape: Shape): Uint8Array =>
  convert(makeTrees(shape), { model: shape.name, signature: signatureOf(shape), tools: {} }).bytes;

const widthOf = ({ numbers, categories = [] }: Shape): number => numbers + categories.length;

/** Numbers, codes, and what no table should hold. */
function rowsOf(shape: Shape, count: number): Float32Array {
  const odd = [0, -0, 1, -1, 0.5, NaN, Infinity, -Infinity, 1e-40, 3.4e38];
  return Float32Array.from({ length: count * widthOf(shape) }, (_, index) =>
    index % 7 === 3 ? odd[(index >> 3) % odd.length]! : ((index * 37) % 101) / 100,
  );
}

const bits = (values: Float32Array): readonly number[] => [
  ...new Uint32Array(values.slice().buffer),
];

describe.each(SHAPES)('$name', (shape) => {
  test.each([1, 2, 31, 1_000])('%d rows have the oracle’s bits', async (count) => {
    const bytes = fileOf(shape);
    const oracle = await ort.InferenceSession.create(bytes);
    const session = createSession(runtime, bytes);
    const rows = rowsOf(shape, count);
    const tensor = new ort.Tensor('float32', rows, [count, widthOf(shape)]);
    const answer = await oracle.run({ features: tensor });
    const expected = answer[oracle.outputNames[0]!]!.data as Float32Array;
    expect(bits(session.run(rows, count))).toEqual(bits(expected));
    // The bound tensors of a single row hold nothing over from the row before.
    expect(bits(session.run(rows, count))).toEqual(bits(expected));
    expect(session.inputs.map(({ name }) => name)).toEqual(oracle.inputNames);
    expect(session.outputs.map(({ name }) => name)).toEqual(oracle.outputNames);
    session.release();
    await oracle.release();
  });
});

test('bytes that are no model are refused, and harm no other session', () => {
  const [shape] = SHAPES;
  const session = createSession(runtime, fileOf(shape!));
  const before = bits(session.run(rowsOf(shape!, 3), 3));
  for (const bad of [new Uint8Array(), new Uint8Array(64), fileOf(shape!).slice(0, 500)])
    expect(() => createSession(runtime, bad)).toThrow(RuntimeFault);
  expect(bits(session.run(rowsOf(shape!, 3), 3))).toEqual(before);
  session.release();
});

test('sessions that are made and released again and again take no more memory', () => {
  const bytes = fileOf(SHAPES[3]!);
  const cycle = (): void => {
    const session = createSession(runtime, bytes);
    session.run(rowsOf(SHAPES[3]!, 100), 100);
    session.release();
  };
  for (let count = 0; count < 5; count++) cycle();
  const settled = runtime.bytes().length;
  for (let count = 0; count < 50; count++) cycle();
  expect(runtime.bytes().length).toBe(settled);
});

describe('linear memory', () => {
  const forest = (trees: number): Shape => ({
    name: `forest-${trees}`,
    trees,
    depth: 7,
    numbers: 10,
    classes: 3,
  });

  test('of ten models of twenty trees is far from an isolate’s 128 MB', () => {
    const bytes = fileOf(forest(20));
    const sessions = Array.from({ length: 10 }, () => createSession(runtime, bytes));
    expect(runtime.bytes().length).toBeLessThan(32 * MIB);
    for (const session of sessions) session.release();
  });

  test.each([100, 300, 600])('of a forest of %d trees is about what is reckoned', (trees) => {
    const bytes = fileOf(forest(trees));
    const before = runtime.bytes().length;
    const session = createSession(runtime, bytes);
    // Emscripten grows the memory by a fifth more than was asked for.
    expect(runtime.bytes().length - before).toBeLessThan(1.25 * sessionBytes(bytes.length));
    session.release();
  });

  test('never shrinks: the budget and its first 16 MB, grown by a fifth, stay under 128 MB', () => {
    expect(1.2 * (SESSION_BYTES + 16 * MIB)).toBeLessThan(128e6);
  });
});
