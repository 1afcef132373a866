// The file itself: what is in it, what is left out, and that it says what it is.

import { describe, expect, test } from 'vitest';
import { convert } from '../../trainer/convert/convert.ts';
import { fit } from '../../trainer/fit/fit.ts';
import { ModelProto } from '../../engine/onnx/messages.ts';
import { madeUpTable } from './tables.ts';

const table = madeUpTable({ seed: 1, rows: 150, numbers: 2, categories: [5], labels: 3 });
const parameters = { max_depth: 9, min_rows: 2, smoothing: 0 };
const model = fit(table, { algorithm: 'tree', parameters });
const onnx = convert(model.ensemble, {
  model: 'made-up',
  signature: model.signature,
  tools: { gharial: '1.2.3' },
});
const file = ModelProto.toObject(ModelProto.decode(onnx.bytes), { longs: Number });
const [node] = file.graph.node;
const attribute = (name: string) =>
  node.attribute.find((found: { name: string }) => found.name === name);

describe('model.onnx', () => {
  test('decode(encode(file)) is the file', () => {
    const again = ModelProto.encode(ModelProto.fromObject(file)).finish();
    expect([...again]).toEqual([...onnx.bytes]);
  });

  test('is one tree ensemble with one input and one output, N rows long', () => {
    expect(file.graph.node).toHaveLength(1);
    expect(node).toMatchObject({ op_type: 'TreeEnsembleRegressor', domain: 'ai.onnx.ml' });
    expect(file.opset_import).toEqual([{ domain: 'ai.onnx.ml', version: 3 }]);
    const shape = (width: number) => ({ dim: [{ dim_param: 'N' }, { dim_value: width }] });
    expect(file.graph.input).toEqual([
      { name: 'features', type: { tensor_type: { elem_type: 1, shape: shape(3) } } },
    ]);
    expect(file.graph.output).toEqual([
      { name: 'probabilities', type: { tensor_type: { elem_type: 1, shape: shape(3) } } },
    ]);
    expect(onnx.inputs).toEqual([{ name: 'features', datatype: 'FP32', shape: [-1, 3] }]);
  });

  test('explains itself: who made it, what goes in, which label is which', () => {
    expect(file).toMatchObject({ producer_name: 'gharial', producer_version: '1.2.3' });
    const metadata = Object.fromEntries(
      file.metadata_props.map(({ key, value }: { key: string; value: string }) => [
        key,
        JSON.parse(value),
      ]),
    );
    expect(metadata).toEqual({
      model: 'made-up',
      features: model.signature.features,
      target: 'target',
      labels: ['label 0', 'label 1', 'label 2'],
    });
  });

  test('holds no zero weight, hit rate or missing-value flag', () => {
    const names = node.attribute.map(({ name }: { name: string }) => name);
    expect(names).toEqual([...names].sort());
    expect(names).not.toContain('nodes_hitrates');
    expect(names).not.toContain('nodes_missing_value_tracks_true');
    expect(names).not.toContain('base_values');
    const zeros = model.ensemble.trees[0]!.value.flat().filter((value) => value === 0);
    expect(zeros.length).toBeGreaterThan(0);
    expect(attribute('target_weights').floats).not.toContain(0);
  });

  test('asks with BRANCH_LT and BRANCH_NEQ only', () => {
    const modes = attribute('nodes_modes').strings.map((mode: Uint8Array) =>
      new TextDecoder().decode(mode),
    );
    expect(new Set(modes)).toEqual(new Set(['BRANCH_LT', 'BRANCH_NEQ', 'LEAF']));
    expect(modes).toHaveLength(model.ensemble.trees[0]!.mode.length);
  });

  test('is the same bytes every time', () => {
    const again = fit(table, { algorithm: 'tree', parameters });
    const { bytes } = convert(again.ensemble, {
      model: 'made-up',
      signature: again.signature,
      tools: { gharial: '1.2.3' },
    });
    expect([...bytes]).toEqual([...onnx.bytes]);
  });
});

test('a number is one output named value, and base values are a last tree of one leaf', () => {
  const numbers = madeUpTable({ seed: 1, rows: 60, numbers: 2, categories: [], labels: 0 });
  const { ensemble, signature } = fit(numbers, { algorithm: 'tree', parameters });
  const { bytes, outputs } = convert(
    { ...ensemble, base_values: [2.5] },
    { model: 'm', signature, tools: {} },
  );
  expect(outputs).toEqual([{ name: 'value', datatype: 'FP32', shape: [-1, 1] }]);
  const decoded = ModelProto.toObject(ModelProto.decode(bytes), { longs: Number });
  const attributeOf = (name: string) =>
    decoded.graph.node[0].attribute.find((found: { name: string }) => found.name === name);
  expect(attributeOf('base_values')).toBeUndefined();
  expect(attributeOf('nodes_treeids').ints.at(-1)).toBe(1);
  expect(attributeOf('target_weights').floats.at(-1)).toBe(2.5);
});
