// A decoded ModelProto, which is anything the bytes happen to say → the few fields that are looked at.

import { INT64 } from './messages.ts';
import { parseList, parseObject, parseText } from '#contract/shapes/parse.ts';

export interface ParsedValue {
  readonly name: string;
  readonly kind: 'tensor' | 'sequence' | 'map' | 'unknown';
  /** TensorProto.DataType; 0 for what is no tensor. */
  readonly elem_type: number;
  /** -1 for a dimension with a name or none; null without a shape. */
  readonly shape: readonly number[] | null;
}

export interface ParsedNode {
  readonly op_type: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  /** Subgraphs in its attributes. */
  readonly graphs: readonly ParsedGraph[];
  /** Of a classifier that says them. */
  readonly labels: readonly string[] | null;
  /** Texts that a one-hot encoder knows; null of any other node. */
  readonly categories: readonly string[] | null;
}

export interface ParsedInitializer {
  readonly name: string;
  readonly data_location: number;
  /** Of a single whole number, such as the column that a Gather takes; null of anything else. */
  readonly index: number | null;
}

export interface ParsedGraph {
  readonly node: readonly ParsedNode[];
  readonly input: readonly ParsedValue[];
  readonly output: readonly ParsedValue[];
  readonly initializer: readonly ParsedInitializer[];
}

export interface ParsedModel {
  readonly producer_name: string;
  readonly producer_version: string;
  readonly opset_import: readonly { readonly domain: string; readonly version: number }[];
  readonly graph: ParsedGraph;
}

/** Throws when it has no graph, no operator set, or no outputs. */
export function parseModel(value: unknown): ParsedModel {
  const model = parseObject(value, '');
  const opset_import = parseList(model.opset_import, '/opset_import', (item, pointer) => {
    const { domain, version } = parseObject(item, pointer);
    return { domain: parseText(domain, `${pointer}/domain`), version: Number(version) };
  });
  const isModel =
    typeof model.graph === 'object' && model.graph !== null && opset_import.length > 0;
  const graph = isModel ? parseGraph(model.graph, '/graph') : null;
  if (graph === null || graph.output.length === 0)
    throw new Error('not an ONNX file: it has no graph with outputs');
  return {
    producer_name: parseText(model.producer_name, '/producer_name'),
    producer_version: parseText(model.producer_version, '/producer_version'),
    opset_import,
    graph,
  };
}

function parseGraph(value: unknown, pointer: string): ParsedGraph {
  const graph = parseObject(value, pointer);
  return {
    node: parseList(graph.node, `${pointer}/node`, parseNode),
    input: parseList(graph.input, `${pointer}/input`, parseValue),
    output: parseList(graph.output, `${pointer}/output`, parseValue),
    initializer: parseList(graph.initializer, `${pointer}/initializer`, (item, at) => {
      const tensor = parseObject(item, at);
      return {
        name: parseText(tensor.name, `${at}/name`),
        data_location: Number(tensor.data_location),
        index: indexOf(tensor),
      };
    }),
  };
}

function parseNode(value: unknown, pointer: string): ParsedNode {
  const node = parseObject(value, pointer);
  const attributes = parseList(node.attribute, `${pointer}/attribute`, parseObject);
  const labels = attributes.find(({ name }) =>
    /^classlabels_(strings|int64s|ints)$/.test(String(name)),
  );
  const categories = attributes.find(({ name }) => name === 'cats_strings');
  return {
    op_type: parseText(node.op_type, `${pointer}/op_type`),
    input: parseList(node.input, `${pointer}/input`, parseText),
    output: parseList(node.output, `${pointer}/output`, parseText),
    graphs: attributes
      .flatMap(({ g, graphs }) => [g, ...(Array.isArray(graphs) ? graphs : [])])
      .filter((graph) => typeof graph === 'object' && graph !== null)
      .map((graph) => parseGraph(graph, `${pointer}/attribute/g`)),
    labels: labels === undefined ? null : labelsOf(labels),
    categories: categories === undefined ? null : labelsOf(categories),
  };
}

function indexOf({ data_type, int64_data, raw_data }: Record<string, unknown>): number | null {
  if (Number(data_type) !== INT64) return null;
  if (Array.isArray(int64_data) && int64_data.length === 1) return Number(int64_data[0]);
  if (!(raw_data instanceof Uint8Array) || raw_data.length !== 8) return null;
  return Number(new DataView(raw_data.buffer, raw_data.byteOffset, 8).getBigInt64(0, true));
}

function labelsOf({ strings, ints }: Record<string, unknown>): readonly string[] | null {
  const texts = Array.isArray(strings) ? strings : [];
  const numbers = Array.isArray(ints) ? ints : [];
  const labels = [
    ...texts.map((bytes) => new TextDecoder().decode(bytes as Uint8Array)),
    ...numbers.map(String),
  ];
  return labels.length === 0 ? null : labels;
}

function parseValue(value: unknown, pointer: string): ParsedValue {
  const info = parseObject(value, pointer);
  const name = parseText(info.name, `${pointer}/name`);
  const type = (info.type ?? {}) as Record<string, unknown>;
  if (isThere(type.sequence_type)) return { name, kind: 'sequence', elem_type: 0, shape: null };
  if (isThere(type.map_type)) return { name, kind: 'map', elem_type: 0, shape: null };
  if (!isThere(type.tensor_type)) return { name, kind: 'unknown', elem_type: 0, shape: null };
  const tensor = parseObject(type.tensor_type, `${pointer}/type/tensor_type`);
  return {
    name,
    kind: 'tensor',
    elem_type: Number(tensor.elem_type),
    shape: shapeOf(tensor.shape),
  };
}

const isThere = (value: unknown): boolean => typeof value === 'object' && value !== null;

function shapeOf(value: unknown): readonly number[] | null {
  if (!isThere(value)) return null;
  const { dim } = value as { dim: readonly { dim_value: unknown }[] };
  return dim.map(({ dim_value }) => (Number(dim_value) > 0 ? Number(dim_value) : -1));
}
