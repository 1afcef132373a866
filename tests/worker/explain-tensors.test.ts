// Explanations over the Open Inference Protocol: two outputs that are there for whoever names them.

import { decodeElements } from '#contract/tensors/tensor-data.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { ask } from './ask.ts';
import { publishTiny } from './tiny-model.ts';

beforeAll(async () => {
  await publishTiny('shap');
  await publishTiny('shapless', { trees: null });
});

interface Answer {
  parameters?: Record<string, unknown>;
  outputs: { name: string; datatype: string; shape: number[]; data?: number[] }[];
}

const inputs = [
  { name: 'size', datatype: 'FP32', shape: [2], data: [1, 0.25] },
  { name: 'kind', datatype: 'BYTES', shape: [2], data: ['b', 'a'] },
];
const named = (...names: string[]): object => ({
  inputs,
  outputs: names.map((name) => ({ name })),
});
const infer = (model: string, body: unknown): Promise<Response> =>
  ask(`/v2/models/${model}/infer`, { method: 'POST', body: JSON.stringify(body) });

test('by name: [rows, features, labels] that add up to the probabilities', async () => {
  const response = await infer('shap', named('shap_values', 'base_value', 'probabilities'));
  const { outputs, parameters } = await response.json<Answer>();
  expect(parameters).toMatchObject({ explanation_space: 'probability' });
  expect(outputs.map(({ name, datatype, shape }) => [name, datatype, shape])).toEqual([
    ['shap_values', 'FP32', [2, 2, 2]],
    ['base_value', 'FP32', [2, 2]],
    ['probabilities', 'FP32', [2, 2]],
  ]);
  const [shap, base, probabilities] = outputs.map(({ data }) => data!);
  expect(shap!.slice(0, 4)).toEqual([-0.4375, 0.4375, -0.1875, 0.1875]);
  probabilities!.forEach((probability, at) => {
    const [row, label] = [Math.floor(at / 2), at % 2];
    const parts = [0, 1].map((feature) => shap![row * 4 + feature * 2 + label]!);
    expect(base![at]! + parts[0]! + parts[1]!).toBeCloseTo(probability, 6);
  });
});

test('as bytes, the same values', async () => {
  const body = {
    inputs,
    outputs: [{ name: 'shap_values', parameters: { binary_data: true } }],
  };
  const response = await infer('shap', body);
  const length = Number(response.headers.get('inference-header-content-length'));
  const bytes = new Uint8Array(await response.arrayBuffer()).subarray(length);
  const plain = await (await infer('shap', named('shap_values'))).json<Answer>();
  expect([...decodeElements('FP32', bytes, 8)]).toEqual(plain.outputs[0]?.data);
});

test('they are not among the outputs a model announces, nor among the answers nobody named', async () => {
  const metadata = await (
    await ask('/v2/models/shap')
  ).json<Answer & { properties: Record<string, string> }>();
  expect(metadata.outputs.map(({ name }) => name)).toEqual([
    'label',
    'label_index',
    'probabilities',
  ]);
  expect(metadata.properties.outputs_on_request).toBe(
    'shap_values FP32 [-1, 2, 2]; base_value FP32 [-1, 2]',
  );
  const { outputs, parameters } = await (await infer('shap', { inputs })).json<Answer>();
  expect(outputs.map(({ name }) => name)).toEqual(['label', 'label_index', 'probabilities']);
  expect(parameters).not.toHaveProperty('explanation_space');
});

test('a version without trees does not have them', async () => {
  const metadata = await (
    await ask('/v2/models/shapless')
  ).json<{ properties: Record<string, string> }>();
  expect(metadata.properties).not.toHaveProperty('outputs_on_request');
  const response = await infer('shapless', named('shap_values'));
  expect(response.status).toBe(400);
  expect((await response.json<{ error: string }>()).error).toContain(
    'is not an output of shapless',
  );
});

describe('what is refused', () => {
  test('more rows than are explained at once', async () => {
    const packed = { name: 'features', datatype: 'FP32', shape: [101, 2] };
    const response = await infer('shap', {
      inputs: [{ ...packed, data: new Array(202).fill(0) }],
      outputs: [{ name: 'base_value' }],
    });
    expect(response.status).toBe(413);
    expect((await response.json<{ error: string }>()).error).toContain('101 rows');
  });

  test('the best classes of an explanation', async () => {
    const response = await infer('shap', {
      inputs,
      outputs: [{ name: 'shap_values', parameters: { classification: 1 } }],
    });
    expect(response.status).toBe(400);
  });
});
