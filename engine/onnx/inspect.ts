// Somebody's .onnx file, as far as it can be read without running it: what goes in, what comes out, which operators and
// operator sets it asks for, and what of it cannot be served.

import { ONNX_DATATYPES, type Datatype } from '#contract/tensors/tensor.ts';
import { ModelProto } from './messages.ts';
import { parseModel, type ParsedGraph, type ParsedValue } from './parse-model.ts';

export interface OnnxValue {
  readonly name: string;
  /** A tensor's datatype; `map` and `sequence` are not tensors; null for one that is not known here. */
  readonly kind: Datatype | 'sequence' | 'map' | null;
  /** -1 is a dimension the request decides; null when the file does not say the shape. */
  readonly shape: readonly number[] | null;
}

export interface OnnxFile {
  /** Without those that the file itself has a value for. */
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  /** Versions by domain; the domain `` is called ai.onnx. */
  readonly opsets: Readonly<Record<string, number>>;
  /** Names of operators, each once, with those of subgraphs. */
  readonly operators: readonly string[];
  /** Names of tensors whose values are in another file. */
  readonly external: readonly string[];
  /** Labels that a classifier in the graph names, in the order of its probabilities; null when none does. */
  readonly labels: readonly string[] | null;
  /** Texts that a one-hot encoder at an input knows, by `input` or, of an input of several columns, `input/column`. */
  readonly categories: Readonly<Record<string, readonly string[]>>;
  readonly producer: string;
}

/** TensorProto.DataLocation.EXTERNAL. */
const EXTERNAL = 1;

/** Throws when the bytes are no ONNX model. */
export function inspectOnnx(bytes: Uint8Array): OnnxFile {
  const model = parseModel(decode(bytes));
  const nodes = nodesOf(model.graph);
  const known = new Set(model.graph.initializer.map(({ name }) => name));
  const external = graphsOf(model.graph)
    .flatMap(({ initializer }) => initializer)
    .filter(({ data_location }) => data_location === EXTERNAL);
  return {
    inputs: model.graph.input.filter(({ name }) => !known.has(name)).map(valueOf),
    outputs: model.graph.output.map(valueOf),
    opsets: Object.fromEntries(
      model.opset_import.map(({ domain, version }) => [
        domain === '' ? 'ai.onnx' : domain,
        version,
      ]),
    ),
    operators: [...new Set(nodes.map(({ op_type }) => op_type))].sort(),
    external: external.map(({ name }) => name),
    labels: nodes.map(({ labels }) => labels).find((labels) => labels !== null) ?? null,
    categories: categoriesOf(model.graph),
    producer: [model.producer_name, model.producer_version].filter((word) => word !== '').join(' '),
  };
}

function decode(bytes: Uint8Array): unknown {
  try {
    return ModelProto.toObject(ModelProto.decode(bytes), {
      longs: Number,
      arrays: true,
      defaults: true,
    });
  } catch (cause) {
    throw new Error('not an ONNX file: its bytes are no protocol buffer of a model', { cause });
  }
}

function graphsOf(graph: ParsedGraph): readonly ParsedGraph[] {
  return [graph, ...graph.node.flatMap(({ graphs }) => graphs.flatMap(graphsOf))];
}

/** An encoder is fed by an input itself, or by a Gather that takes one of its columns. */
function categoriesOf({ node, input, initializer }: ParsedGraph): OnnxFile['categories'] {
  const inputs = new Set(input.map(({ name }) => name));
  const indices = new Map(initializer.map(({ name, index }) => [name, index]));
  const found: Record<string, readonly string[]> = {};
  for (const { categories, input: fed } of node) {
    const from = fed[0];
    if (categories === null || from === undefined) continue;
    if (inputs.has(from)) found[from] = categories;
    const gather = node.find((each) => each.op_type === 'Gather' && each.output[0] === from);
    const [source, place] = gather?.input ?? [];
    const column = place === undefined ? null : (indices.get(place) ?? null);
    if (source !== undefined && inputs.has(source) && column !== null)
      found[`${source}/${column}`] = categories;
  }
  return found;
}

const nodesOf = (graph: ParsedGraph): ParsedGraph['node'] =>
  graphsOf(graph).flatMap(({ node }) => node);

function valueOf({ name, kind, elem_type, shape }: ParsedValue): OnnxValue {
  if (kind !== 'tensor') return { name, kind: kind === 'unknown' ? null : kind, shape: null };
  return { name, kind: ONNX_DATATYPES[elem_type] ?? null, shape };
}
