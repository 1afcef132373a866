// Files of other people's tools through every door that fits them: each answers what the tool itself answered.

import type { TabularDraft } from '#contract/manifest.ts';
import { promote, publish } from '#contract/registry/registry.ts';
import { parseSignature } from '#contract/signature.ts';
import { describe, expect, test } from 'vitest';
import { ask, predict } from './ask.ts';
import { fixtureBytes } from './fixture-bytes.ts';
import { registry } from './tiny-model.ts';
import { draftOf } from '../contract/draft.ts';

const signatures = import.meta.glob<unknown>('../fixtures/*.signature.json', {
  eager: true,
  import: 'default',
});
const expectations = import.meta.glob<Expected>('../fixtures/*.expected.json', {
  eager: true,
  import: 'default',
});

interface Expected {
  readonly rows: readonly Record<string, number | string>[];
  /** By row: the probabilities, or the one value. */
  readonly answers: readonly (readonly number[])[];
}

interface Prediction {
  readonly label: string;
  readonly probabilities: Record<string, number>;
  readonly value: number;
}

type Tensors = TabularDraft['tensors'];
type Shape = readonly [
  name: string,
  datatype: Tensors['inputs'][number]['datatype'],
  width: number,
];

/** What `npm run publish` finds in the files: inputs, and the output that is served. */
const MODELS: readonly (readonly [name: string, inputs: readonly Shape[], output: Shape])[] = [
  ['sklearn-logistic', [['X', 'FP32', 3]], ['probabilities', 'FP32', 2]],
  ['sklearn-boosting', [['X', 'FP32', 3]], ['variable', 'FP32', 1]],
  ['sklearn-network', [['X', 'FP32', 3]], ['probabilities', 'FP32', 2]],
  ['lightgbm-classifier', [['input', 'FP32', 3]], ['probabilities', 'FP32', 2]],
  ['xgboost-classifier', [['input', 'FP32', 3]], ['probabilities', 'FP32', 2]],
  ['network', [['x', 'FP32', 3]], ['p', 'FP32', 2]],
  [
    'sklearn-columns',
    [
      ['tenure', 'FP32', 1],
      ['fee', 'FP32', 1],
      ['calls', 'INT64', 1],
      ['plan', 'BYTES', 1],
      ['country', 'BYTES', 1],
    ],
    ['probabilities', 'FP32', 2],
  ],
  [
    'sklearn-groups',
    [
      ['numbers', 'FP32', 3],
      ['texts', 'BYTES', 2],
    ],
    ['probabilities', 'FP32', 2],
  ],
  ['sklearn-doubles', [['X', 'FP64', 2]], ['probabilities', 'FP64', 2]],
  [
    'sklearn-spend',
    [
      ['plan', 'BYTES', 1],
      ['tenure', 'FP32', 1],
      ['fee', 'FP32', 1],
    ],
    ['variable', 'FP32', 1],
  ],
];

const tensor = ([name, datatype, width]: Shape) => ({ name, datatype, shape: [-1, width] });

/** The runtime computes in float32, the tools in float64; values of hundreds differ by a millionth of themselves. */
const near = (found: readonly number[], expected: readonly number[]): void => {
  expect(found).toHaveLength(expected.length);
  found.forEach((value, place) =>
    expect(Math.abs(value - expected[place]!)).toBeLessThan(
      1e-5 * (1 + Math.abs(expected[place]!)),
    ),
  );
};

describe.each(MODELS)('%s', (name, inputs, output) => {
  const signature = parseSignature(signatures[`../fixtures/${name}.signature.json`]);
  const { rows, answers } = expectations[`../fixtures/${name}.expected.json`]!;
  const names = signature.features.map((feature) => feature.name);
  const { target } = signature;
  const isNumber = target.type === 'number';

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
    const draft: TabularDraft = {
      ...draftOf(name),
      task: isNumber ? 'regression' : 'classification',
      signature,
      examples: [],
      tensors: {
        inputs: inputs.map(tensor),
        outputs: [tensor(output)],
      },
    };
    const { manifest } = await publish(registry, draft, { 'model.onnx': fixtureBytes(name) });
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

  test('serves through /v2, packed where it is float32 rows, and by columns', async () => {
    const values = rows.map((row) => names.map((each) => row[each]!));
    const shape = [rows.length, names.length];
    const packed = [{ name: inputs[0]![0], datatype: 'FP32', shape, data: values.flat() }];
    const columns = names.map((each, place) => ({
      name: each,
      datatype: typeof values[0]![place] === 'string' ? 'BYTES' : 'FP64',
      shape: [rows.length],
      data: values.map((row) => row[place]!),
    }));
    const isPacked = inputs.length === 1 && inputs[0]![1] === 'FP32';
    const { properties } = await (await ask(`/v2/models/${name}`)).json<{ properties: object }>();
    expect('packed_input' in properties).toBe(isPacked);
    for (const inputs of isPacked ? [packed, columns] : [columns]) {
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

  test('serves streams of CSV, row by row', async () => {
    const csv = [names.join(','), ...rows.map((row) => names.map((each) => row[each]).join(','))];
    const response = await ask(`/v1/models/${name}/predict`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: [...csv.slice(0, 3), 'bad', ...csv.slice(3)].join('\n'),
    });
    expect(response.status).toBe(200);
    const lines = (await response.text()).trimEnd().split(/\r?\n/);
    expect(lines).toHaveLength(rows.length + 2);
    expect(lines.filter((line) => /row has|fields|cells|values/.test(line))).toHaveLength(1);
  });
});

describe('columns', () => {
  const row = expectations['../fixtures/sklearn-columns.expected.json']!.rows[0]!;

  test('a text nobody trained on is answered with a warning, as the file itself takes it', async () => {
    const response = await predict('sklearn-columns', { rows: [{ ...row, plan: 'weekly' }] });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      warnings: [{ code: 'unknown_category', pointer: '/rows/0/plan' }],
    });
  });

  test.each([
    [{ calls: 1.5 }, '/rows/0/calls must be a whole number that INT64 can hold'],
    [{ calls: 'two' }, '/rows/0/calls must be a number, not a string'],
    [{ plan: null }, '/rows/0/plan must be a string, not null'],
    [{ plan: 'a\0b' }, '/rows/0/plan must not have a zero character'],
    [{ extra: 1 }, '/rows/0/extra is not a feature of this model'],
  ])('%j is refused', async (change, detail) => {
    const response = await predict('sklearn-columns', { rows: [{ ...row, ...change }] });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ detail: expect.stringContaining(detail) });
  });

  test('a number that float32 cannot hold is refused for float64 too', async () => {
    const { rows } = expectations['../fixtures/sklearn-doubles.expected.json']!;
    const refused = await predict('sklearn-doubles', { rows: [{ ...rows[0], fee: 1e39 }] });
    expect(refused.status).toBe(400);
  });

  test('a raw body, and a packed tensor, are refused by name', async () => {
    const raw = await ask('/v2/models/sklearn-doubles/infer', {
      method: 'POST',
      headers: { 'inference-header-content-length': '0' },
      body: new Float64Array(2),
    });
    expect(raw.status).toBe(400);
    expect(await raw.text()).toContain('sklearn-doubles takes one tensor a feature');
    const explained = await ask('/v1/models/sklearn-columns/explain', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ rows: [row] }),
    });
    expect(explained.status).toBe(404);
  });
});
