// The kernel and ONNX Runtime are one function, to the bit; what the kernel does not do as ONNX Runtime does, it leaves to it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ort from 'onnxruntime-web';
import { describe, expect, test } from 'vitest';
import { createRandom } from '#data/random.ts';
import { openKernelModel } from '#engine/kernel/open-model.ts';
import { inspectOnnx } from '#engine/onnx/inspect.ts';
import { assembleKernel, KERNEL_FILE } from '../../../tools/assemble-kernel.ts';
import { bringModel } from '../../../registry/external/external-model.ts';
import { parseModelFile } from '../../../registry/external/parse-model-file.ts';
import { compareModels } from './compare-models.ts';
import { below, encodeModel, type MadeNode } from './random-models.ts';
import { randomNetwork } from './random-graphs.ts';
import { randomClassifier, randomEnsemble, randomRegressor } from './random-trees.ts';
import { startKernelFile } from './start-kernel.ts';

const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures');

test('kernel.wasm is what kernel.wat assembles to', async () => {
  const bytes = await assembleKernel();
  expect(Buffer.from(bytes).equals(readFileSync(KERNEL_FILE))).toBe(true);
  expect(bytes.length).toBeLessThan(4096);
});

test('random models answer with the bits of ONNX Runtime, in WebAssembly and in TypeScript', async () => {
  const { equal, refused, left, different } = await compareModels(1, 500);
  expect(different).toEqual([]);
  expect(left).toEqual([]);
  expect(equal).toBe(500 - refused);
  expect(refused).toBeLessThan(10);
});

test('10,000 rows at a time are answered as one is', async () => {
  const random = createRandom(7);
  for (const make of [randomRegressor, randomClassifier]) {
    const model = make(random);
    const rows = Float32Array.from({ length: 10_000 * model.columns }, () => random.deviate());
    const session = await ort.InferenceSession.create(model.bytes);
    const tensor = new ort.Tensor('float32', rows, [10_000, model.columns]);
    const expected = (await session.run({ x: tensor }, ['y'])).y!.data;
    const opened = openKernelModel(startKernelFile(), model.bytes, 'y');
    if ('reason' in opened) throw new Error(opened.reason);
    const shape = [10_000, model.columns];
    expect(opened.model.run([{ datatype: 'FP32', shape, elements: rows }]).elements).toEqual(
      expected,
    );
    await session.release();
  }
});

test.each([
  ['lightgbm-classifier', null],
  ['network', null],
  ['sklearn-boosting', null],
  ['sklearn-columns', null],
  ['sklearn-doubles', 'a tensor of FP64'],
  ['sklearn-groups', null],
  ['sklearn-logistic', null],
  ['sklearn-network', null],
  ['sklearn-spend', null],
  ['xgboost-classifier', null],
])('the fixture %s', async (name, reason) => {
  const path = join(FIXTURES, `${name}.onnx`);
  const bytes = new Uint8Array(readFileSync(path));
  const said = parseModelFile(readFileSync(join(FIXTURES, `${name}.signature.json`), 'utf8'));
  const { trial } = await bringModel({ path, bytes, file: inspectOnnx(bytes), said, now: () => 0 });
  const [output, expected] = Object.entries(trial.outputs)[0]!;
  const opened = openKernelModel(startKernelFile(), bytes, output);
  const answer = (): unknown =>
    'reason' in opened
      ? opened.reason
      : opened.model.run(opened.model.inputs.map((input) => trial.inputs[input.name]!)).elements;
  expect(answer()).toEqual(reason ?? expected.elements);
});

describe('what the kernel leaves to ONNX Runtime is said by name', () => {
  const left = (nodes: readonly MadeNode[], output = 'y'): string => {
    const bytes = encodeModel({ columns: 2, nodes, output, outputColumns: 2 });
    const opened = openKernelModel(startKernelFile(), bytes, output);
    return 'reason' in opened ? opened.reason : 'nothing';
  };
  const tree = (change: object): MadeNode => ({
    operator: 'TreeEnsembleRegressor',
    domain: 'ai.onnx.ml',
    inputs: ['x'],
    outputs: ['y'],
    attributes: {
      nodes_treeids: { ints: [0, 0, 0] },
      nodes_nodeids: { ints: [0, 1, 2] },
      nodes_featureids: { ints: [0, 0, 0] },
      nodes_values: { floats: [0, 0, 0] },
      nodes_modes: { strings: ['BRANCH_LT', 'LEAF', 'LEAF'] },
      nodes_truenodeids: { ints: [1, 0, 0] },
      nodes_falsenodeids: { ints: [2, 0, 0] },
      target_treeids: { ints: [0, 0] },
      target_nodeids: { ints: [1, 2] },
      target_ids: { ints: [0, 0] },
      target_weights: { floats: [1, 2] },
      ...change,
    },
  });

  test.each([
    ['an intact tree', {}, 'nothing'],
    ['a cycle', { nodes_truenodeids: { ints: [0, 0, 0] } }, 'a node with two parents'],
    ['a shared child', { nodes_truenodeids: { ints: [2, 0, 0] } }, 'a node with two parents'],
    [
      'a child that is not there',
      { nodes_truenodeids: { ints: [7, 0, 0] } },
      'node 7, which its tree has not',
    ],
    [
      'a child below 0',
      { nodes_truenodeids: { ints: [-1, 0, 0] } },
      'node -1, which its tree has not',
    ],
    ['a node twice', { nodes_nodeids: { ints: [0, 1, 1] } }, 'node 1 twice in a tree'],
    ['a tree in two places', { nodes_treeids: { ints: [0, 1, 0] } }, 'tree 0 in two places'],
    ['a feature below 0', { nodes_featureids: { ints: [-1, 0, 0] } }, 'feature -1'],
    [
      'an unknown mode',
      { nodes_modes: { strings: ['BRANCH_IN', 'LEAF', 'LEAF'] } },
      'mode BRANCH_IN',
    ],
    ['a leaf of no weight', { target_nodeids: { ints: [1, 1] } }, 'a leaf of 0 weights'],
    ['a target that is not there', { target_ids: { ints: [0, 1] } }, 'target 1 of 1'],
    [
      'weights of a branch',
      { target_nodeids: { ints: [0, 2] } },
      'weights of a node that is no leaf',
    ],
    ['lists of unequal lengths', { nodes_values: { floats: [0] } }, '3 modes for 1 nodes'],
    [
      'a number beyond 32 bits',
      { nodes_featureids: { ints: [2 ** 40, 0, 0] } },
      `${2 ** 40} in nodes_featureids`,
    ],
    ['PROBIT', { post_transform: { string: 'PROBIT' } }, 'the post transform PROBIT'],
    ['MIN', { aggregate_function: { string: 'MIN' } }, 'trees whose MIN counts'],
    ['no target', { n_targets: { int: 0 } }, '0 targets'],
    [
      'an attribute of a later version',
      { nodes_values_as_tensor: { int: 1 } },
      'TreeEnsembleRegressor with nodes_values_as_tensor',
    ],
  ])('%s', (_, change, reason) => expect(left([tree(change)])).toContain(reason));

  test('a graph that goes round, an unknown operator, and an output that no node makes', () => {
    const node = (operator: string, from: string, to: string): MadeNode => ({
      operator,
      inputs: [from],
      outputs: [to],
    });
    expect(left([node('Relu', 'y', 'a'), node('Relu', 'a', 'y')])).toBe('a graph that goes round');
    expect(left([node('Erf', 'x', 'y')])).toBe('operator Erf');
    expect(left([node('Relu', 'x', 'a')])).toBe('no node makes y');
    expect(left([node('Relu', 'x', 'y'), node('Neg', 'x', 'y')])).toBe(
      'two nodes that make one value',
    );
  });

  test('a row without the feature that a tree asks for', () => {
    const bytes = encodeModel({
      columns: 2,
      nodes: [tree({ nodes_featureids: { ints: [2, 0, 0] } })],
      output: 'y',
      outputColumns: 1,
    });
    const opened = openKernelModel(startKernelFile(), bytes, 'y');
    if ('reason' in opened) throw new Error(opened.reason);
    const rows = { datatype: 'FP32' as const, shape: [1, 2], elements: Float32Array.of(1, 2) };
    expect(() => opened.model.run([rows])).toThrow('a tree of feature 2 for rows of 2');
  });
});

test('bytes that were changed at random are refused or run to an end, and leave no memory behind', () => {
  const kernel = startKernelFile();
  const random = createRandom(11);
  const makers = [randomRegressor, randomClassifier, randomEnsemble, randomNetwork];
  let opened = 0;
  for (let turn = 0; turn < 2_000; turn++) {
    const model = makers[turn % makers.length]!(random);
    const bytes = model.bytes.slice(
      0,
      turn % 7 === 0 ? below(random, model.bytes.length) : undefined,
    );
    for (let change = 0; change <= below(random, 4); change++)
      bytes[below(random, bytes.length)] = below(random, 256);
    const found = openKernelModel(kernel, bytes, model.output);
    if ('reason' in found) continue;
    opened++;
    const elements = new Float32Array(3 * model.columns).fill(0.5);
    try {
      found.model.run([{ datatype: 'FP32', shape: [3, model.columns], elements }]);
    } catch (error) {
      expect(error).toMatchObject({ name: 'Unsupported' });
    }
    found.model.release();
  }
  expect(kernel.memory.used()).toBe(0);
  expect(opened).toBeGreaterThan(200);
});

test('models that come and go take no more memory than those that are there', () => {
  const kernel = startKernelFile();
  const models = Array.from({ length: 30 }, (_, seed) => randomRegressor(createRandom(seed)));
  const cycle = (): void => {
    const opened = models.map(({ bytes }) => openKernelModel(kernel, bytes, 'y'));
    // In another order than they came.
    for (const third of [0, 1, 2])
      opened.forEach((each, place) => {
        if (place % 3 !== third) return;
        if ('reason' in each) throw new Error(each.reason);
        each.model.release();
      });
  };
  cycle();
  const settled = kernel.memory.bytes().length;
  for (let turn = 0; turn < 20; turn++) cycle();
  expect(kernel.memory.bytes().length).toBe(settled);
  expect(kernel.memory.used()).toBe(0);
});
