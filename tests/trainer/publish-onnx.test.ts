// Bring your own ONNX: what other people's tools write becomes a version, or is refused with the name of what is wrong.

import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAliases, readFile as readBlob, readManifest } from '#contract/registry.ts';
import { publishOnnx, type OnnxOptions } from '../../trainer/registry/publish-onnx.ts';
import { memoryStore } from '../contract/stores.ts';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures');
const fixture = (file: string): string => join(FIXTURES, file);
const who = { by: 'a test', at: '2026-01-01T00:00:00.000Z', acceptSignatureChange: false };
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
  ['network', 'Gemm, Relu, Softmax', 'unknown'],
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
    ['refused-two-inputs', 'model has 2 inputs (a, b): one FP32 [rows, 2] is served'],
    ['refused-text-input', 'input words is BYTES [?, 2]: FP32 [rows, 2] is served'],
    ['refused-double-input', 'input x is FP64 [?, 2]: FP32 [rows, 2] is served'],
    ['refused-flat-output', 'no output is FP32 [rows, values]: p is FP32 [?]'],
    ['refused-external', 'tensor w1 has its values in another file: save the model as one'],
    ['refused-unknown-operator', 'onnxruntime refuses the model: there is no operator Frobnicate'],
    [
      'refused-unknown-domain',
      'onnxruntime refuses the model: there are no operators of com.example',
    ],
    ['refused-opset-too-new', /operator set ai\.onnx 99 is too new: \d+ is the last/],
    ['refused-logits', 'probabilities are positive and sum to 1 (logits need a Softmax)'],
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

  test('a file without a name or a signature, with what it takes and gives', async () => {
    const file = join(place, 'mine.onnx');
    await copyFile(fixture('sklearn-network.onnx'), file);
    await expect(bring(file)).rejects.toThrow(
      /--signature <file> \(.+ takes X, gives label, probabilities;/,
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
      "output p gives 2 values a row, the signature's target has 3",
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
