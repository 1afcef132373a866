// model.onnx → its nodes by what they make, with attributes and tensors still as bytes. Field numbers: onnx/onnx.proto.

import { ONNX_DATATYPES, type Datatype } from '#contract/tensors/tensor.ts';
import { Cursor } from './protobuf.ts';
import { Unsupported } from './unsupported.ts';

export interface GraphNode {
  readonly operator: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** AttributeProto by name. */
  readonly attributes: ReadonlyMap<string, Uint8Array>;
}

export interface GraphInput {
  readonly name: string;
  readonly datatype: Datatype | null;
  /** -1 where the request decides; null when the file does not say. */
  readonly shape: readonly number[] | null;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  /** TensorProto by name. */
  readonly initializers: ReadonlyMap<string, Uint8Array>;
  /** Without those that the file itself has a value for. */
  readonly inputs: readonly GraphInput[];
  /** Version of the standard operators; 0 where the file asks for none. */
  readonly opset: number;
}

/** More nodes than a tabular model has. */
const MAX_NODES = 10_000;

/** Throws ProtobufError, or Unsupported for what is no graph. */
export function readGraph(model: Uint8Array): Graph {
  const cursor = new Cursor(model);
  let graph: Uint8Array | null = null;
  let opset = 0;
  while (cursor.next()) {
    if (cursor.field === 7) graph = cursor.bytes();
    else if (cursor.field === 8) {
      const set = cursor.bytes();
      if (STANDARD.includes(textOf(set, 1))) opset = integerOf(set, 2);
    } else cursor.skip();
  }
  if (graph === null) throw new Unsupported('a file without a graph');
  return { ...parseGraph(graph), opset };
}

/** Both name the domain of the standard operators. */
export const STANDARD: readonly string[] = ['', 'ai.onnx'];

function parseGraph(bytes: Uint8Array): Omit<Graph, 'opset'> {
  const nodes: GraphNode[] = [];
  const initializers = new Map<string, Uint8Array>();
  const inputs: GraphInput[] = [];
  const cursor = new Cursor(bytes);
  while (cursor.next()) {
    if (cursor.field === 1) {
      if (nodes.push(parseNode(cursor.bytes())) > MAX_NODES)
        throw new Unsupported(`a graph of more than ${MAX_NODES} nodes`);
    } else if (cursor.field === 5) {
      const tensor = cursor.bytes();
      initializers.set(textOf(tensor, 8), tensor);
    } else if (cursor.field === 11) inputs.push(parseInput(cursor.bytes()));
    else if (cursor.field === 15) throw new Unsupported('sparse initializers');
    else cursor.skip();
  }
  return { nodes, initializers, inputs: inputs.filter(({ name }) => !initializers.has(name)) };
}

function parseNode(bytes: Uint8Array): GraphNode {
  const node = {
    operator: '',
    domain: '',
    inputs: [] as string[],
    outputs: [] as string[],
    attributes: new Map<string, Uint8Array>(),
  };
  const cursor = new Cursor(bytes);
  while (cursor.next()) {
    if (cursor.field === 1) node.inputs.push(cursor.text());
    else if (cursor.field === 2) node.outputs.push(cursor.text());
    else if (cursor.field === 4) node.operator = cursor.text();
    else if (cursor.field === 7) node.domain = cursor.text();
    else if (cursor.field === 5) {
      const attribute = cursor.bytes();
      node.attributes.set(textOf(attribute, 1), attribute);
    } else cursor.skip();
  }
  return node;
}

/** ValueInfoProto → TypeProto → Tensor → TensorShapeProto. */
function parseInput(bytes: Uint8Array): GraphInput {
  const type = messageOf(bytes, 2);
  const tensor = type && messageOf(type, 1);
  const shape = tensor && messageOf(tensor, 2);
  return {
    name: textOf(bytes, 1),
    datatype: tensor === null ? null : (ONNX_DATATYPES[integerOf(tensor, 1)] ?? null),
    shape: shape && messagesOf(shape, 1).map((dimension) => integerOf(dimension, 1) || -1),
  };
}

/** The field's last value, as protocol buffers have it; null when there is none. */
export const messageOf = (bytes: Uint8Array, field: number): Uint8Array | null =>
  messagesOf(bytes, field).at(-1) ?? null;

function messagesOf(bytes: Uint8Array, field: number): readonly Uint8Array[] {
  const found: Uint8Array[] = [];
  const cursor = new Cursor(bytes);
  while (cursor.next()) {
    if (cursor.field === field) found.push(cursor.bytes());
    else cursor.skip();
  }
  return found;
}

const textOf = (bytes: Uint8Array, field: number): string =>
  new TextDecoder().decode(messageOf(bytes, field) ?? new Uint8Array());

function integerOf(bytes: Uint8Array, field: number): number {
  let value = 0;
  const cursor = new Cursor(bytes);
  while (cursor.next()) {
    if (cursor.field === field) value = cursor.integer();
    else cursor.skip();
  }
  return value;
}
