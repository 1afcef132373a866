// The general session calls ONNX Runtime's exported functions as onnxruntime-web's own glue does. That glue is the oracle:
// the same file and the same tensors must give the same tensors, to the bit.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as ort from 'onnxruntime-web';
import { beforeAll, expect, test, vi } from 'vitest';
import { float16Bits, readFloat16 } from '#contract/tensors/float16.ts';
import type { Element, TensorValue } from '#contract/tensors/tensor-data.ts';
import type { Datatype } from '#contract/tensors/tensor.ts';
import { RuntimeFault } from '../../worker/inference/runtime-fault.ts';
import { startRuntime, type Runtime } from '../../worker/inference/runtime.ts';
import { createTensorSession } from '../../worker/inference/tensor-session.ts';

// What workerd does with such an import: it compiles the module before the Worker starts.
vi.mock('onnxruntime-web/ort-wasm-simd-threaded.wasm', () => {
  const file = createRequire(import.meta.url).resolve(
    'onnxruntime-web/ort-wasm-simd-threaded.wasm',
  );
  return { default: new WebAssembly.Module(readFileSync(file)) };
});

let runtime: Runtime;

beforeAll(async () => {
  ort.env.wasm.numThreads = 1;
  runtime = await startRuntime();
}, 60_000);

const fixture = (name: string): Uint8Array =>
  readFileSync(join(import.meta.dirname, '..', 'fixtures', `${name}.onnx`));

/** onnxruntime-web's names and arrays. */
const ORACLE: Readonly<
  Record<Datatype, readonly [ort.Tensor.Type, (data: readonly Element[]) => ort.Tensor['data']]>
> = {
  BOOL: ['bool', (data) => Uint8Array.from(data, Number)],
  UINT8: ['uint8', (data) => Uint8Array.from(data, Number)],
  UINT16: ['uint16', (data) => Uint16Array.from(data, Number)],
  UINT32: ['uint32', (data) => Uint32Array.from(data, Number)],
  UINT64: ['uint64', (data) => BigUint64Array.from(data as bigint[])],
  INT8: ['int8', (data) => Int8Array.from(data, Number)],
  INT16: ['int16', (data) => Int16Array.from(data, Number)],
  INT32: ['int32', (data) => Int32Array.from(data, Number)],
  INT64: ['int64', (data) => BigInt64Array.from(data as bigint[])],
  FP16: ['float16', (data) => Uint16Array.from(data, (value) => float16Bits(Number(value)))],
  FP32: ['float32', (data) => Float32Array.from(data, Number)],
  FP64: ['float64', (data) => Float64Array.from(data, Number)],
  BYTES: ['string', (data) => data as string[]],
};

const plain = (elements: ArrayLike<unknown>): readonly unknown[] =>
  Array.from(elements, (element) => (typeof element === 'boolean' ? Number(element) : element));

async function oracleOf(bytes: Uint8Array, feeds: Readonly<Record<string, TensorValue>>) {
  const session = await ort.InferenceSession.create(bytes);
  const tensors = Object.entries(feeds).map(([name, { datatype, shape, elements }]) => {
    const [type, arrayOf] = ORACLE[datatype];
    return [name, new ort.Tensor(type, arrayOf([...elements]), shape)] as const;
  });
  const answers = await session.run(Object.fromEntries(tensors));
  await session.release();
  return session.outputNames.map((name) => answers[name]!);
}

async function expectOracle(name: string, feeds: Readonly<Record<string, TensorValue>>) {
  const bytes = fixture(name);
  const session = createTensorSession(runtime, bytes);
  const values = session.inputs.map((input) => feeds[input.name]!);
  const names = session.outputs.map((output) => output.name);
  const answers = session.run(values, names);
  const wanted = await oracleOf(bytes, feeds);
  wanted.forEach((tensor, index) => {
    const { datatype, shape, elements } = answers[index]!;
    expect(shape, names[index]!).toEqual(tensor.dims);
    const found = plain(elements);
    // Where there is no Float16Array, the oracle answers bits.
    const expected = plain(
      datatype === 'FP16' && tensor.data instanceof Uint16Array
        ? Array.from(tensor.data, readFloat16)
        : (tensor.data as ArrayLike<unknown>),
    );
    expect(found, names[index]!).toHaveLength(expected.length);
    found.forEach((value, place) =>
      expect(Object.is(value, expected[place]), `${names[index]} ${place}`).toBe(true),
    );
  });
  session.release();
  return answers;
}

const EDGES: Readonly<Record<Datatype, readonly Element[]>> = {
  BOOL: [true, false, false, true],
  UINT8: [0, 255, 1, 128],
  UINT16: [0, 65_535, 1, 32_768],
  UINT32: [0, 4_294_967_295, 1, 2_147_483_648],
  UINT64: [0n, 18_446_744_073_709_551_615n, 1n, 9_007_199_254_740_993n],
  INT8: [-128, 127, 0, -1],
  INT16: [-32_768, 32_767, 0, -1],
  INT32: [-2_147_483_648, 2_147_483_647, 0, -1],
  INT64: [-9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n, 0n, -1n],
  FP16: [0.5, -65_504, Infinity, 6e-8],
  FP32: [Math.fround(0.1), -0, NaN, Infinity],
  FP64: [0.1, -0, NaN, 5e-324],
  BYTES: ['', 'Panamá 🐊', 'a\nb', 'x'.repeat(3_000)],
};

test('every datatype goes through and comes back as it was', async () => {
  const feeds = Object.fromEntries(
    (Object.keys(EDGES) as Datatype[]).map((datatype) => [
      `in_${datatype}`,
      { datatype, shape: [2, 2], elements: EDGES[datatype] },
    ]),
  );
  const answers = await expectOracle('every-datatype', feeds);
  expect(answers.find(({ datatype }) => datatype === 'BYTES')!.elements).toEqual(EDGES.BYTES);
  expect(answers.find(({ datatype }) => datatype === 'UINT64')!.elements).toEqual(EDGES.UINT64);
});

test.each([1, 3])('%d images give the oracle’s bits', async (count) => {
  const pixels = Float32Array.from({ length: count * 64 }, (_, index) => ((index * 37) % 17) / 16);
  await expectOracle('digits', {
    image: { datatype: 'FP32', shape: [count, 1, 8, 8], elements: pixels },
  });
});

test('texts, flags, whole numbers and shapes that only the run decides', async () => {
  const answers = await expectOracle('mixed', {
    words: { datatype: 'BYTES', shape: [3], elements: ['kept', 'left out', '日本'] },
    keep: { datatype: 'BOOL', shape: [3], elements: [true, false, true] },
    counts: { datatype: 'INT64', shape: [3], elements: [5n, -6n, 7n] },
    weights: { datatype: 'FP64', shape: [1, 2], elements: [0.1, 3] },
  });
  expect(answers[0]).toEqual({ datatype: 'BYTES', shape: [2], elements: ['kept', '日本'] });
  expect(answers[1]).toEqual({ datatype: 'INT64', shape: [], elements: [6n] });
});

test('an answer without elements', async () => {
  const answers = await expectOracle('mixed', {
    words: { datatype: 'BYTES', shape: [1], elements: ['gone'] },
    keep: { datatype: 'BOOL', shape: [1], elements: [false] },
    counts: { datatype: 'INT64', shape: [1], elements: [0n] },
    weights: { datatype: 'FP64', shape: [1, 1], elements: [0] },
  });
  expect(answers[0]).toEqual({ datatype: 'BYTES', shape: [0], elements: [] });
});

test('what the runtime refuses is a fault, and the next run is fine', () => {
  const session = createTensorSession(runtime, fixture('by-sixes'));
  const rows = (count: number): TensorValue => ({
    datatype: 'FP32',
    shape: [count],
    elements: new Float32Array(count),
  });
  expect(() => session.run([rows(7)], ['y'])).toThrow(RuntimeFault);
  expect(session.run([rows(12)], ['y'])[0]!.shape).toEqual([2, 6]);
  expect(() => session.run([rows(12)], ['z'])).toThrow('there is no output z');
  session.release();
  expect(() => session.run([rows(12)], ['y'])).toThrow('released');
});

test('two hundred runs leave linear memory as it was', () => {
  const session = createTensorSession(runtime, fixture('mixed'));
  const words = Array.from({ length: 500 }, (_, index) => `word ${index}`);
  const shape = [words.length];
  const run = (): void => {
    session.run(
      [
        { datatype: 'BYTES', shape, elements: words },
        { datatype: 'BOOL', shape, elements: words.map(() => true) },
        { datatype: 'INT64', shape, elements: words.map(() => 1n) },
        { datatype: 'FP64', shape: [1, 1], elements: [1] },
      ],
      ['kept', 'total', 'scaled'],
    );
  };
  for (let warm = 0; warm < 20; warm++) run();
  const before = runtime.bytes().length;
  for (let index = 0; index < 200; index++) run();
  expect(runtime.bytes().length).toBe(before);
  session.release();
});

test('what is no tensor is refused, and its model freed', () => {
  expect(() => createTensorSession(runtime, fixture('refused-sequence'))).toThrow(
    'parts is not a tensor of a known type',
  );
});
