// Models of the shapes that converters write, at random: the same seed makes the same ones.

import { ModelProto } from '../../../engine/onnx/messages.ts';
import { attributesOf, type AttributeValue } from '../../../trainer/convert/attributes.ts';
import type { Random } from '#data/random.ts';

export interface MadeModel {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly output: string;
  readonly columns: number;
  /** Values that decide something, by column. */
  readonly edges: readonly (readonly number[])[];
}

export interface MadeNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly domain?: string;
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
}

export interface MadeGraph {
  readonly columns: number;
  readonly nodes: readonly MadeNode[];
  readonly initializers?: readonly object[];
  readonly output: string;
  readonly outputColumns: number;
  readonly mlVersion?: number;
}

const FLOAT = 1;

export const below = (random: Random, count: number): number =>
  Math.floor(random.uniform() * count);
export const pick = <T>(random: Random, list: readonly T[]): T => list[below(random, list.length)]!;
export const between = (random: Random, low: number, high: number): number =>
  Math.fround(low + random.uniform() * (high - low));

export function encodeModel(graph: MadeGraph): Uint8Array {
  const valueInfo = (name: string, columns: number): object => ({
    name,
    type: {
      tensor_type: {
        elem_type: FLOAT,
        shape: { dim: [{ dim_param: 'N' }, { dim_value: columns }] },
      },
    },
  });
  return ModelProto.encode(
    ModelProto.create({
      ir_version: 8,
      graph: {
        name: 'made',
        node: graph.nodes.map(({ operator, inputs, outputs, domain, attributes = {} }) => ({
          op_type: operator,
          input: inputs,
          output: outputs,
          domain: domain ?? '',
          attribute: attributesOf(attributes),
        })),
        initializer: graph.initializers ?? [],
        input: [valueInfo('x', graph.columns)],
        output: [valueInfo(graph.output, graph.outputColumns)],
      },
      opset_import: [
        { domain: '', version: 17 },
        { domain: 'ai.onnx.ml', version: graph.mlVersion ?? 3 },
      ],
    }),
  ).finish();
}

export const floatTensor = (
  name: string,
  dims: readonly number[],
  values: readonly number[],
): object => ({
  name,
  dims,
  data_type: FLOAT,
  float_data: values,
});

export const integerTensor = (name: string, values: readonly number[]): object => ({
  name,
  dims: [values.length],
  data_type: 7,
  int64_data: values,
});

/** float32 values a step below and above. */
export function neighboursOf(value: number): readonly number[] {
  if (!Number.isFinite(value)) return [];
  return [-1, 1].map((step) => {
    const float = Float32Array.of(value);
    const bits = new Int32Array(float.buffer);
    // Steps across 0 change the sign.
    if (value === 0) return step * 2 ** -149;
    bits[0] = bits[0]! + (value > 0 ? step : -step);
    return float[0]!;
  });
}

const ODD = [NaN, 0, -0, 1, -1, Infinity, -Infinity, 2 ** -149, 3.4028234663852886e38, 1e-40];

/** Rows of which many values are on an edge, beside one, or none that a table should have. */
export function hardRows(
  { columns, edges }: MadeModel,
  random: Random,
  count: number,
): Float32Array<ArrayBuffer> {
  let isCalm = false;
  return Float32Array.from({ length: count * columns }, (_, place) => {
    const known = edges[place % columns] ?? [];
    // A sum of many columns is a number at all only where none of them is odd.
    if (place % columns === 0) isCalm = random.uniform() < 0.5;
    if (isCalm) return between(random, -3, 3);
    const kind = random.uniform();
    if (known.length > 0 && kind < 0.4) return pick(random, known);
    if (known.length > 0 && kind < 0.6)
      return pick(random, neighboursOf(pick(random, known)).concat(0));
    if (kind < 0.7) return pick(random, ODD);
    return between(random, -3, 3);
  });
}
