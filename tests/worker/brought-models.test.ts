// Files of other people's tools through every door that fits them: each answers what the tool itself answered.

import type { TabularDraft } from '#contract/manifest.ts';
import { promote, publish } from '#contract/registry.ts';
import { parseSignature } from '#contract/signature.ts';
import { describe, expect, test } from 'vitest';
import { ask, predict } from './ask.ts';
import { registry } from './tiny-model.ts';
import { draftOf } from '../contract/draft.ts';

const models = import.meta.glob<string>('../fixtures/*.onnx', {
  eager: true,
  import: 'default',
  query: '?inline',
});
const signatures = import.meta.glob<unknown>('../fixtures/*.signature.json', {
  eager: true,
  import: 'default',
});
const expectations = import.meta.glob<Expected>('../fixtures/*.expected.json', {
  eager: true,
  import: 'default',
});

interface Expected {
  readonly rows: readonly Record<string, number>[];
  /** By row: the probabilities, or the one value. */
  readonly answers: readonly (readonly number[])[];
}

interface Prediction {
  readonly label: string;
  readonly probabilities: Record<string, number>;
  readonly value: number;
}

const NAMES = [
  ['sklearn-logistic', 'X', 'probabilities'],
  ['sklearn-boosting', 'X', 'variable'],
  ['sklearn-network', 'X', 'probabilities'],
  ['lightgbm-classifier', 'input', 'probabilities'],
  ['network', 'x', 'p'],
] as const;

/** The runtime computes in float32, the tools in float64; values of hundreds differ by a millionth of themselves. */
const near = (found: readonly number[], expected: readonly number[]): void => {
  expect(found).toHaveLength(expected.length);
  found.forEach((value, place) =>
    expect(Math.abs(value - expected[place]!)).toBeLessThan(
      1e-5 * (1 + Math.abs(expected[place]!)),
    ),
  );
};

describe.each(NAMES)('%s', (name, input, output) => {
  const signature = parseSignature(signatures[`../fixtures/${name}.signature.json`]);
  const { rows, answers } = expectations[`../fixtures/${name}.expected.json`]!;
  const names = signature.features.map((feature) => feature.name);
  const { target } = signature;
  const isNumber = target.type === 'number';
  const depth = isNumber ? 1 : target.labels.length;

  const post = async <T>(path: string, body: unknown): Promise<T> => {
    const response = await ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.status, path).toBe(200);
    return response.json<T>();
  };

  test('serves through /v1', async () => {
    const encoded = models[`../fixtures/${name}.onnx`]!.split(',')[1]!;
    const draft: TabularDraft = {
      ...draftOf(name),
      task: isNumber ? 'regression' : 'classification',
      signature,
      examples: [],
      tensors: {
        inputs: [{ name: input, datatype: 'FP32', shape: [-1, names.length] }],
        outputs: [{ name: output, datatype: 'FP32', shape: [-1, depth] }],
      },
    };
    const onnx = Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0));
    const { manifest } = await publish(registry, draft, { 'model.onnx': onnx });
    const at = '2026-01-01T00:00:00.000Z';
    const move = {
      alias: 'champion',
      to: manifest.version,
      by: 'a test',
      reason: 'to be asked',
      at,
    };
    await promote(registry, name, move);
    const response = await predict(name, { rows });
    expect(response.status).toBe(200);
    const { predictions } = await response.json<{ predictions: Prediction[] }>();
    expect(predictions).toHaveLength(rows.length);
    predictions.forEach(({ value, probabilities, label }, row) => {
      const expected = answers[row]!;
      near(isNumber ? [value] : target.labels.map((each) => probabilities[each]!), expected);
      if (!isNumber) expect(label).toBe(target.labels[expected.indexOf(Math.max(...expected))]);
    });
  });

  test('serves through /v2, packed and by columns', async () => {
    const values = rows.map((row) => names.map((each) => row[each]!));
    const shape = [rows.length, names.length];
    const packed = [{ name: input, datatype: 'FP32', shape, data: values.flat() }];
    const columns = names.map((each, place) => ({
      name: each,
      datatype: 'FP32',
      shape: [rows.length],
      data: values.map((row) => row[place]!),
    }));
    for (const inputs of [packed, columns]) {
      const outputs = [{ name: isNumber ? 'value' : 'probabilities' }];
      const answer = await post<{ outputs: { data: number[] }[] }>(`/v2/models/${name}/infer`, {
        inputs,
        outputs,
      });
      near(answer.outputs[0]!.data.flat(), answers.flat());
    }
  });

  test('serves through MLflow’s door', async () => {
    const body = {
      dataframe_records: rows,
      ...(isNumber ? {} : { params: { predict_method: 'predict_proba' } }),
    };
    const answer = await post<{ predictions: (number | number[])[] }>(
      `/v1/models/${name}/invocations`,
      body,
    );
    near(answer.predictions.flat(), answers.flat());
  });
});
