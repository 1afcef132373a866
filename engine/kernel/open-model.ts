// model.onnx → a model that the kernel runs, or the reason why it does not: the way from the wanted output back to the inputs, each
// node on it made into a step.

import type { TensorValue } from '#contract/tensors/tensor-data.ts';
import { Attributes } from './attributes.ts';
import type { Kernel } from './code.ts';
import { ELEMENTWISE } from './elementwise-operators.ts';
import { ENCODERS } from './encoder-operators.ts';
import {
  gemm,
  linearClassifier,
  linearRegressor,
  matMul,
  matMulAdd,
  softmax,
} from './linear-operators.ts';
import type { Operator, OperatorContext, Step } from './operator.ts';
import { ProtobufError } from './protobuf.ts';
import { readGraph, STANDARD, type Graph, type GraphInput, type GraphNode } from './read-graph.ts';
import { readTensor } from './read-tensor.ts';
import { ML_SHAPES, SHAPES } from './shape-operators.ts';
import { treeEnsemble, treeEnsembleClassifier, treeEnsembleRegressor } from './tree-operator.ts';
import { Unsupported } from './unsupported.ts';

export interface KernelModel {
  /** In the order of the file. */
  readonly inputs: readonly GraphInput[];
  /** Bytes of linear memory. */
  readonly bytes: number;
  /**
   * A value for each input, in their order → the wanted output. Throws Unsupported for values that the steps do not fit: what
   * came before stays as it was.
   */
  run(values: readonly TensorValue[]): TensorValue;
  /** Frees its memory; it cannot run after that. */
  release(): void;
}

export type Opened = { readonly model: KernelModel } | { readonly reason: string };

const OPERATORS: Readonly<Record<string, Operator>> = {
  ...ELEMENTWISE,
  ...SHAPES,
  MatMul: matMul,
  Gemm: gemm,
  Softmax: softmax,
};

const ML_OPERATORS: Readonly<Record<string, Operator>> = {
  ...ENCODERS,
  ...ML_SHAPES,
  LinearRegressor: linearRegressor,
  LinearClassifier: linearClassifier,
  TreeEnsemble: treeEnsemble,
  TreeEnsembleRegressor: treeEnsembleRegressor,
  TreeEnsembleClassifier: treeEnsembleClassifier,
};

/** Nodes from an output back to an input; more are no pipeline. */
const MAX_DEPTH = 200;

/** The model that answers `output`, or why there is none. Never throws for what the bytes say. */
export function openKernelModel(kernel: Kernel, bytes: Uint8Array, output: string): Opened {
  const owned: (() => void)[] = [];
  const before = kernel.memory.used();
  try {
    const graph = readGraph(bytes);
    const own = (release: () => void): void => void owned.push(release);
    const plan = createPlan(graph, { kernel, own });
    const result = plan.slot(output, 0);
    let isReleased = false;
    return {
      model: {
        inputs: graph.inputs,
        bytes: kernel.memory.used() - before,
        run: (values) => {
          if (isReleased) throw new Unsupported('a run of a model that was released');
          return runSteps(plan, values, result);
        },
        release() {
          isReleased = true;
          for (const release of owned.splice(0)) release();
        },
      },
    };
  } catch (error) {
    for (const release of owned) release();
    if (
      error instanceof Unsupported ||
      error instanceof ProtobufError ||
      error instanceof RangeError
    )
      return { reason: error.message };
    throw error;
  }
}

interface PlannedStep {
  readonly step: Step;
  /** Places of its inputs among the values, and of its answer. */
  readonly from: readonly number[];
  readonly to: number;
}

interface Plan {
  /** The place of a value among those of a run: inputs first. */
  slot(name: string, depth: number): number;
  readonly inputs: readonly GraphInput[];
  readonly steps: readonly PlannedStep[];
  /** Constants at their places; null where a run puts a value. */
  readonly values: readonly (TensorValue | null)[];
}

function createPlan(graph: Graph, context: OperatorContext): Plan {
  const makers = makersOf(graph.nodes);
  const readers = countReaders(graph.nodes);
  const steps: PlannedStep[] = [];
  const values: (TensorValue | null)[] = graph.inputs.map(() => null);
  const slots = new Map(graph.inputs.map(({ name }, place) => [name, place]));
  const open = new Set<string>();

  const constantOf = (name: string): TensorValue | null => {
    const tensor = graph.initializers.get(name);
    if (tensor !== undefined) return readTensor(tensor);
    const maker = makers.get(name);
    return maker?.node.operator === 'Constant' && STANDARD.includes(maker.node.domain)
      ? new Attributes(maker.node).tensor('value')
      : null;
  };

  const slot = (name: string, depth: number): number => {
    const known = slots.get(name);
    if (known !== undefined) return known;
    if (open.has(name)) throw new Unsupported('a graph that goes round');
    if (depth > MAX_DEPTH) throw new Unsupported(`a graph of more than ${MAX_DEPTH} steps`);
    open.add(name);
    const constant = constantOf(name);
    const planned = constant === null ? plan(name, depth) : null;
    const to = values.push(constant) - 1;
    if (planned !== null) steps.push({ ...planned, to });
    slots.set(name, to);
    return to;
  };

  const plan = (name: string, depth: number): Omit<PlannedStep, 'to'> => {
    const maker = makers.get(name);
    if (maker === undefined) throw new Unsupported(`no node makes ${name.slice(0, 80)}`);
    const { node, output } = maker;
    const fused = fuse(node, depth);
    if (fused !== null) return fused;
    const make = operatorOf(node);
    // An input without a name is one that is left out.
    const inputs = node.inputs.filter((input) => input !== '');
    if (inputs.length === 0) throw new Unsupported(`${node.operator} without inputs`);
    const constants = inputs.map(constantOf);
    const from = inputs.map((input) => slot(input, depth + 1));
    const step = make(
      {
        operator: node.operator,
        attributes: new Attributes(node),
        output,
        constants,
        opset: graph.opset,
      },
      context,
    );
    return { step, from };
  };

  /** `MatMul` and `Add` of constants are one step, as they are one product to ONNX Runtime. */
  const fuse = (node: GraphNode, depth: number): Omit<PlannedStep, 'to'> | null => {
    if (node.operator !== 'Add' || node.inputs.length !== 2) return null;
    for (const [place, name] of node.inputs.entries()) {
      const product = makers.get(name)?.node;
      const bias = constantOf(node.inputs[1 - place]!);
      if (product?.operator !== 'MatMul' || bias === null || readers.get(name) !== 1) continue;
      const weights = constantOf(product.inputs[1] ?? '');
      const isRow = bias.elements.length === weights?.shape[1];
      if (weights === null || !isRow) return null;
      return {
        step: matMulAdd(context, weights, bias),
        from: [slot(product.inputs[0]!, depth + 1)],
      };
    }
    return null;
  };

  return { slot, inputs: graph.inputs, steps, values };
}

/** Throws Unsupported with the operator's name. */
function operatorOf({ domain, operator }: GraphNode): Operator {
  const table = STANDARD.includes(domain) ? OPERATORS : ML_OPERATORS;
  const isKnown = STANDARD.includes(domain) || domain === 'ai.onnx.ml';
  if (!isKnown || !Object.hasOwn(table, operator))
    throw new Unsupported(`operator ${operator.slice(0, 80)}`);
  return table[operator]!;
}

interface Maker {
  readonly node: GraphNode;
  readonly output: number;
}

/** By value: the node that makes it. */
function makersOf(nodes: readonly GraphNode[]): ReadonlyMap<string, Maker> {
  const makers = new Map<string, Maker>();
  for (const node of nodes)
    node.outputs.forEach((name, output) => {
      if (makers.has(name) && name !== '') throw new Unsupported('two nodes that make one value');
      makers.set(name, { node, output });
    });
  return makers;
}

function countReaders(nodes: readonly GraphNode[]): ReadonlyMap<string, number> {
  const readers = new Map<string, number>();
  for (const { inputs } of nodes)
    for (const name of inputs) readers.set(name, (readers.get(name) ?? 0) + 1);
  return readers;
}

function runSteps(
  { inputs, steps, values: constants }: Plan,
  given: readonly TensorValue[],
  result: number,
): TensorValue {
  if (given.length !== inputs.length)
    throw new Unsupported(`${given.length} tensors for ${inputs.length} inputs`);
  const values = constants.slice();
  given.forEach((value, place) => {
    if (value.datatype !== inputs[place]!.datatype)
      throw new Unsupported(`${value.datatype} for input ${inputs[place]!.name}`);
    values[place] = asFloats(value);
  });
  for (const { step, from, to } of steps) values[to] = step(from.map((place) => values[place]!));
  return values[result]!;
}

/** Float32 values are a typed array in every step. */
const asFloats = (value: TensorValue): TensorValue =>
  value.datatype === 'FP32' && !(value.elements instanceof Float32Array)
    ? { ...value, elements: Float32Array.from(value.elements, Number) }
    : value;
