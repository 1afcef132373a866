// Bring your own ONNX: what other people's tools write becomes a version, or is refused with the name of what is wrong.

import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAliases, readFile as readBlob, readManifest } from '#contract/registry/registry.ts';
import { publishOnnx, type OnnxOptions } from '../../registry/external/publish-onnx.ts';
import { memoryStore } from '../contract/stores.ts';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures');
const fixture = (file: string): string => join(FIXTURES, file);
const who = {
  by: 'a test',
  at: '2026-01-01T00:00:00.000Z',
  acceptSignatureChange: false,
  // Each takes a second; that there is one, and what it refuses, is tests/trainer/prove.test.ts.
  withoutProof: true,
  out: null,
};
let place: string;
/** Two features and two labels: what the files that are refused would fit. */
let narrow: string;

interface Said {
  features: object[];
  target: { labels: string[] };
  examples?: object[];
}

const readSignature = async (name: string): Promise<Said> =>
  JSON.parse(await readFile(fixture(`${name}.signature.json`), 'utf8')) as Said;

async function writeSignature(name: string, said: object): Promise<string> {
  const path = join(place, name);
  await writeFile(path, JSON.stringify(said));
  return path;
}

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'gharial-onnx-'));
  const said = await readSignature('network');
  narrow = await writeSignature('narrow.json', { ...said, features: said.features.slice(0, 2) });
});
afterAll(() => rm(place, { recursive: true, force: true }));

const bring = (file: string, options: Partial<OnnxOptions> = {}, store = memoryStore()) =>
  publishOnnx(store, file, { name: 'churn', ...who, ...options });

test.each([
  ['sklearn-logistic', 'LinearClassifier, Scaler', 'skl2onnx 1.20.0'],
  ['sklearn-boosting', 'TreeEnsembleRegressor', 'skl2onnx 1.20.0'],
  ['sklearn-network', 'ArgMax', 'skl2onnx 1.20.0'],
  ['lightgbm-classifier', 'TreeEnsembleClassifier', 'OnnxMLTools 1.16.0'],
  ['xgboost-classifier', 'TreeEnsembleClassifier', 'OnnxMLTools 1.16.0'],
  ['network', 'Gemm, Relu, Softmax', 'unknown'],
  ['sklearn-columns', '5 inputs, Cast, Concat, LinearClassifier, OneHotEncoder', 'skl2onnx 1.20.0'],
  ['sklearn-groups', '2 inputs', 'skl2onnx 1.20.0'],
  ['sklearn-doubles', '1 input', 'skl2onnx 1.20.0'],
  ['sklearn-spend', '3 inputs', 'skl2onnx 1.20.0'],
])('%s becomes a champion, byte for byte', async (name, operators, producer) => {
  const store = memoryStore();
  const signature = fixture(`${name}.signature.json`);
  const { text } = await bring(fixture(`${name}.onnx`), { signature }, store);
  expect(text).toContain(operators);
  expect(text).toContain('published churn version 1 in memory');
  expect((await readAliases(store, 'churn')).aliases).toEqual({ champion: '1' });
  const manifest = (await readManifest(store, 'churn', '1'))!;
  expect(manifest.training).toMatchObject({ algorithm: 'onnx', tools: { producer } });
  const published = await readBlob(store, manifest, 'model.onnx');
  expect(Buffer.compare(published, await readFile(fixture(`${name}.onnx`)))).toBe(0);
  const again = await bring(fixture(`${name}.onnx`), { signature, at: '2027-01-01' }, store);
  expect(again.text).toContain('already published as churn version 1');
});

describe('is refused by name:', () => {
  test.each([
    ['sklearn-zipmap', 'the operator ZipMap makes maps of probabilities: convert with zipmap off'],
    ['refused-two-inputs', 'inputs a, b take 4 values a row, the signature gives 2'],
    [
      'refused-text-input',
      'tenure_months cannot go into input words (BYTES): a number is no text; monthly_fee cannot',
    ],
    ['refused-double-input', 'probabilities are positive and sum to 1 (logits need a Softmax'],
    [
      'refused-flat-output',
      'no output is FP32 or FP64 [rows, 2], which the target has: p is FP32 [?]',
    ],
    ['refused-sequence', 'no output is FP32 or FP64 [rows, 2]'],
    ['refused-bfloat16', 'input x is of a type that is not known here'],
    ['refused-external', 'tensor w1 has its values in another file: save the model as one'],
    ['refused-unknown-operator', 'onnxruntime refuses the model: there is no operator Frobnicate'],
    [
      'refused-unknown-domain',
      'onnxruntime refuses the model: there are no operators of com.example',
    ],
    ['refused-opset-too-new', /operator set ai\.onnx 99 is too new: \d+ is the last/],
    ['refused-logits', 'probabilities are positive and sum to 1 (logits need a Softmax'],
    ['network', 'input x takes 3 values a row, the signature gives 2'],
  ])('%s', async (name, message) => {
    const store = memoryStore();
    const error = await bring(fixture(`${name}.onnx`), { signature: narrow }, store).then(
      () => new Error('it was published'),
      (thrown: Error) => thrown,
    );
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('\n');
    expect(await store.list('')).toEqual([]);
  });

  test('a file that is no model, or cut off', async () => {
    const whole = await readFile(fixture('sklearn-network.onnx'));
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('hello, this is text'),
      whole.subarray(0, 700),
    ]) {
      const path = join(place, 'broken.onnx');
      await writeFile(path, bytes);
      await expect(bring(path, { signature: narrow })).rejects.toThrow(
        /not an ONNX file|cannot be served/,
      );
    }
  });

  test('a file larger than an isolate can hold', async () => {
    const path = join(place, 'large.onnx');
    await writeFile(path, new Uint8Array(4 * 1_048_576 + 1));
    await expect(bring(path, { signature: narrow })).rejects.toThrow(
      'is too large for the edge: 4194305 bytes, at most 4194304',
    );
  });

  test('a file of rows without a name or a signature, with what is missing', async () => {
    const file = join(place, 'mine.onnx');
    await copyFile(fixture('sklearn-columns.onnx'), file);
    await expect(bring(file)).rejects.toThrow(
      'takes rows (tenure, fee, calls, plan, country), and does not say the smallest and largest value of tenure; ' +
        'the smallest and largest value of fee; the smallest and largest value of calls. --draft-signature <file>',
    );
    await expect(bring(file, { name: 'My Model' })).rejects.toThrow('--name churn');
  });

  test('a signature whose labels are not the file’s, in its order', async () => {
    const said = await readSignature('sklearn-logistic');
    const labels = [...said.target.labels].reverse();
    const signature = await writeSignature('labels.json', {
      ...said,
      target: { ...said.target, labels },
    });
    await expect(bring(fixture('sklearn-logistic.onnx'), { signature })).rejects.toThrow(
      "model's labels are leaves, stays, the signature's stays, leaves",
    );
  });

  test('a signature with more labels than the file has probabilities', async () => {
    const said = await readSignature('network');
    const target = { ...said.target, labels: ['a', 'b', 'c'] };
    const signature = await writeSignature('three.json', { ...said, target });
    await expect(bring(fixture('network.onnx'), { signature })).rejects.toThrow(
      'no output is FP32 or FP64 [rows, 3], which the target has: p is FP32 [?, 2]',
    );
  });

  test('an example that does not fit its own signature', async () => {
    const said = await readSignature('network');
    const examples = [{ row: { tenure_months: 'long' }, target: 'stays' }];
    const signature = await writeSignature('example.json', { ...said, examples });
    await expect(bring(fixture('network.onnx'), { signature })).rejects.toThrow(
      '/examples/0/row/tenure_months must be a number',
    );
  });
});

describe('a model of tensors', () => {
  test('is published without a signature, and says so', async () => {
    const store = memoryStore();
    const { text } = await bring(fixture('mixed.onnx'), {}, store);
    expect(text).toContain(
      'a model of tensors (words, keep, counts, weights → kept, total, scaled), which /v2 serves: Cast, Compress',
    );
    const manifest = (await readManifest(store, 'churn', '1'))!;
    expect(manifest).toMatchObject({ task: 'tensors', signature: null });
    expect(manifest.tensors.outputs).toEqual([
      { name: 'kept', datatype: 'BYTES', shape: [-1] },
      { name: 'total', datatype: 'INT64', shape: [] },
      { name: 'scaled', datatype: 'FP64', shape: [-1, -1] },
    ]);
  });

  test('has the labels that are said of its outputs', async () => {
    const store = memoryStore();
    await bring(fixture('digits.onnx'), { signature: fixture('digits.signature.json') }, store);
    const { tensors, title } = (await readManifest(store, 'churn', '1'))!;
    expect(title).toBe('Digits');
    expect(tensors.outputs[1]).toMatchObject({ name: 'probabilities', shape: [-1, 10] });
    expect(tensors.outputs[1]!.labels?.slice(0, 2)).toEqual(['zero', 'one']);
  });

  test('that looks like rows is one when that is asked for', async () => {
    const { text } = await bring(fixture('network.onnx'), { tensors: true });
    expect(text).toContain('a model of tensors (x → p)');
  });

  test.each([
    ['sequences', 'refused-sequence', {}, 'output parts is a sequence: tensors of the protocol'],
    ['maps', 'sklearn-zipmap', { tensors: true }, 'convert with zipmap off'],
    ['a datatype without a name', 'refused-bfloat16', {}, 'input x is of a type that is not known'],
    ['values in another file', 'refused-external', { tensors: true }, 'tensor w1 has its values'],
    ['an operator that is not there', 'refused-unknown-operator', { tensors: true }, 'Frobnicate'],
  ])('is refused for %s', async (_, name, options, message) => {
    await expect(bring(fixture(`${name}.onnx`), options)).rejects.toThrow(message);
  });

  test('is refused for labels that do not fit', async () => {
    const few = await writeSignature('few.json', { labels: { logits: ['a', 'b'] } });
    await expect(bring(fixture('digits.onnx'), { signature: few })).rejects.toThrow(
      'output logits gives 10 values, 2 labels are said',
    );
    const lost = await writeSignature('lost.json', { labels: { mood: ['a'] } });
    await expect(bring(fixture('digits.onnx'), { signature: lost })).rejects.toThrow(
      'labels are said of mood, the model gives logits, probabilities',
    );
  });

  test('is tried with the shape that is said', async () => {
    const trial = await writeSignature('trial.json', { trial: { x: [12] } });
    const file = fixture('by-sixes.onnx');
    await expect(bring(file, { tensors: true })).rejects.toThrow('"trial": {"x": [1, …]}');
    expect((await bring(file, { signature: trial })).text).toContain('a model of tensors (x → y)');
  });
});

describe('a draft of a signature', () => {
  test('has names, types, categories and labels out of the file, and lists what it lacks', async () => {
    const to = join(place, 'draft.json');
    const { text } = await bring(fixture('sklearn-columns.onnx'), { draftSignature: to });
    expect(text.split('\n').slice(1)).toEqual([
      'still to say: the smallest and largest value of tenure',
      'still to say: the smallest and largest value of fee',
      'still to say: the smallest and largest value of calls',
    ]);
    const draft = JSON.parse(await readFile(to, 'utf8')) as Said;
    expect(draft.features).toHaveLength(5);
    expect(draft.features[3]).toMatchObject({
      type: 'category',
      name: 'plan',
      categories: ['monthly', 'two years', 'yearly'],
    });
    expect(draft.target.labels).toEqual(['leaves', 'stays']);
    await expect(bring(fixture('sklearn-columns.onnx'), { draftSignature: to })).rejects.toThrow(
      'is not overwritten',
    );
  });

  test('that is completed is a signature', async () => {
    const to = join(place, 'completed.json');
    await bring(fixture('sklearn-columns.onnx'), { draftSignature: to });
    await expect(bring(fixture('sklearn-columns.onnx'), { signature: to })).rejects.toThrow(
      '/features/0/minimum must be a finite number',
    );
    const text = await readFile(to, 'utf8');
    const completed = text
      .replaceAll('"minimum": null', '"minimum": 0')
      .replaceAll('"maximum": null', '"maximum": 99');
    await writeFile(to, completed);
    expect((await bring(fixture('sklearn-columns.onnx'), { signature: to })).text).toContain(
      'version 1',
    );
  });

  test('names columns by their place where the file has no names, with the categories of each', async () => {
    const to = join(place, 'groups.json');
    const { text } = await bring(fixture('sklearn-groups.onnx'), { draftSignature: to });
    expect(text).toContain('still to say: the name of column 1 of input numbers');
    const draft = JSON.parse(await readFile(to, 'utf8')) as Said;
    expect(draft.features[4]).toMatchObject({
      name: 'texts_2',
      categories: expect.arrayContaining(['日本']),
    });
  });
});
