// Graphs of tabular pipelines at random: what stands before a model, linear models, small networks, the trainer's own.

import type { Random } from '#data/random.ts';
import type { Linear } from '#contract/model/linear.ts';
import { convert } from '../../../trainer/convert/convert.ts';
import {
  below,
  between,
  encodeModel,
  floatTensor,
  integerTensor,
  pick,
  type MadeGraph,
  type MadeModel,
  type MadeNode,
} from './random-models.ts';

const ML = 'ai.onnx.ml';

const floats = (random: Random, count: number, size = 1): number[] =>
  Array.from({ length: count }, () => between(random, -size, size));

function madeOf(name: string, graph: MadeGraph): MadeModel {
  const edges = Array.from({ length: graph.columns }, () => [0.5, 1, 2]);
  return { name, bytes: encodeModel(graph), output: graph.output, columns: graph.columns, edges };
}

/** Scaler, Imputer or Normalizer, with a Scaler behind it. */
export function randomScaling(random: Random): MadeModel {
  const columns = 1 + below(random, 9);
  const many = random.uniform() < 0.7 ? columns : 1;
  const imputer: MadeNode = {
    operator: 'Imputer',
    domain: ML,
    inputs: ['x'],
    outputs: ['a'],
    attributes: {
      imputed_value_floats: { floats: floats(random, many) },
      replaced_value_float: { float: pick(random, [NaN, 0, 1]) },
    },
  };
  const normalizer: MadeNode = {
    operator: 'Normalizer',
    domain: ML,
    inputs: ['x'],
    outputs: ['a'],
    attributes: { norm: { string: 'L1' } },
  };
  const first = pick(random, [imputer, normalizer]);
  const scaler: MadeNode = {
    operator: 'Scaler',
    domain: ML,
    inputs: ['a'],
    outputs: ['y'],
    attributes: {
      offset: { floats: floats(random, many, 3) },
      scale: { floats: floats(random, many) },
    },
  };
  return madeOf(`${first.operator}, Scaler`, {
    columns,
    nodes: [first, scaler],
    output: 'y',
    outputColumns: columns,
  });
}

const LAST = [null, 'Softmax', 'Sigmoid', 'Tanh', 'Relu'];

/** A network of one or two layers, as MatMul and Add or as Gemm. */
export function randomNetwork(random: Random): MadeModel {
  const columns = pick(random, [1, 2, 3, 7, 16, 64, 255, 256, 257, 300, 700]);
  const nodes: MadeNode[] = [];
  const initializers: object[] = [];
  let [from, width] = ['x', columns];
  const layers = 1 + below(random, 2);
  for (let layer = 0; layer < layers; layer++) {
    const next = pick(random, [1, 2, 3, 4, 5, 18, 33]);
    const isGemm = random.uniform() < 0.5;
    const isTransposed = isGemm && random.uniform() < 0.5;
    const hasBias = random.uniform() < 0.8;
    const weights = floats(random, width * next, 1 / Math.sqrt(width));
    initializers.push(
      floatTensor(`w${layer}`, isTransposed ? [next, width] : [width, next], weights),
    );
    if (hasBias)
      initializers.push(
        floatTensor(`b${layer}`, pick(random, [[next], [1, next]]), floats(random, next)),
      );
    if (isGemm)
      nodes.push({
        operator: 'Gemm',
        inputs: hasBias ? [from, `w${layer}`, `b${layer}`] : [from, `w${layer}`],
        outputs: [`s${layer}`],
        attributes: isTransposed ? { transB: { int: 1 } } : {},
      });
    else {
      const product = hasBias ? `p${layer}` : `s${layer}`;
      nodes.push({ operator: 'MatMul', inputs: [from, `w${layer}`], outputs: [product] });
      if (hasBias)
        nodes.push({ operator: 'Add', inputs: [product, `b${layer}`], outputs: [`s${layer}`] });
    }
    const isLast = layer === layers - 1;
    const activation = isLast ? pick(random, LAST) : pick(random, ['Relu', 'Tanh', 'Sigmoid']);
    [from, width] = [`s${layer}`, next];
    if (activation !== null) {
      nodes.push({ operator: activation, inputs: [from], outputs: [`a${layer}`] });
      from = `a${layer}`;
    }
  }
  return madeOf(nodes.map(({ operator }) => operator).join(', '), {
    columns,
    nodes,
    initializers,
    output: from,
    outputColumns: width,
  });
}

/** LinearRegressor or LinearClassifier. */
export function randomLinear(random: Random): MadeModel {
  const columns = pick(random, [1, 3, 8, 40, 300]);
  const targets = pick(random, [1, 2, 3, 4, 6, 20]);
  const isRegressor = random.uniform() < 0.4;
  const transform = pick(random, ['NONE', 'LOGISTIC', 'SOFTMAX', 'SOFTMAX_ZERO']);
  const shared = {
    coefficients: { floats: floats(random, columns * targets) },
    intercepts: { floats: floats(random, targets) },
  };
  const classes = targets === 1 ? 2 : targets;
  const node: MadeNode = isRegressor
    ? {
        operator: 'LinearRegressor',
        domain: ML,
        inputs: ['x'],
        outputs: ['y'],
        attributes: { ...shared, targets: { int: targets } },
      }
    : {
        operator: 'LinearClassifier',
        domain: ML,
        inputs: ['x'],
        outputs: ['label', 'y'],
        attributes: {
          ...shared,
          classlabels_ints: { ints: Array.from({ length: classes }, (_, label) => label) },
          post_transform: { string: transform },
        },
      };
  return madeOf(`${node.operator} of ${targets}, ${isRegressor ? 'NONE' : transform}`, {
    columns,
    nodes: [node],
    output: 'y',
    outputColumns: isRegressor ? targets : classes,
  });
}

/** Columns chosen, compared, replaced and joined, as the trainer's linear graph does it. */
export function randomColumns(random: Random): MadeModel {
  const columns = 2 + below(random, 8);
  const chosen = Array.from({ length: 1 + below(random, 6) }, () => below(random, columns));
  const row = (name: string): object =>
    floatTensor(name, [chosen.length], floats(random, chosen.length));
  const last = pick(random, ['Min', 'Max', 'Sub', 'Mul', 'Div']);
  return madeOf(`columns, ${last}`, {
    columns,
    nodes: [
      {
        operator: 'Gather',
        inputs: ['x', 'places'],
        outputs: ['g'],
        attributes: { axis: { int: 1 } },
      },
      { operator: 'IsNaN', inputs: ['g'], outputs: ['n'] },
      { operator: 'Where', inputs: ['n', 'filling', 'g'], outputs: ['f'] },
      { operator: last, inputs: ['f', 'other'], outputs: ['o'] },
      { operator: 'Equal', inputs: ['f', 'other'], outputs: ['e'] },
      { operator: 'Cast', inputs: ['e'], outputs: ['c'], attributes: { to: { int: 1 } } },
      { operator: 'Concat', inputs: ['o', 'c'], outputs: ['y'], attributes: { axis: { int: 1 } } },
    ],
    initializers: [integerTensor('places', chosen), row('filling'), row('other')],
    output: 'y',
    outputColumns: 2 * chosen.length,
  });
}

/** The trainer's own linear model, wide enough at times for sums in blocks. */
export function randomTrained(random: Random): MadeModel {
  const outputs = pick(random, [2, 3, 18]);
  const numbers = 1 + below(random, 6);
  const categories = random.uniform() < 0.5 ? 0 : pick(random, [3, 40, 260]);
  const terms: Linear['terms'] = [
    ...Array.from({ length: numbers }, () => ({
      type: 'number' as const,
      mean: between(random, -1, 1),
      minimum: -2,
      maximum: 2,
      weights: floats(random, outputs),
      expected: new Array<number>(outputs).fill(0),
      ...(random.uniform() < 0.5 && { missing: floats(random, outputs) }),
    })),
    ...(categories === 0
      ? []
      : [
          {
            type: 'category' as const,
            weights: Array.from({ length: categories }, () => floats(random, outputs)),
            expected: new Array<number>(outputs).fill(0),
          },
        ]),
  ];
  const features = terms.map((term, place) => {
    const named = { name: `f${place}`, column: `f${place}`, description: '', nullable: true };
    return term.type === 'number'
      ? { ...named, type: 'number' as const, unit: null, minimum: -2, maximum: 2 }
      : {
          ...named,
          type: 'category' as const,
          categories: term.weights.map((_, code) => `c${code}`),
        };
  });
  const labels = Array.from({ length: outputs }, (_, label) => `l${label}`);
  const { bytes } = convert(
    {
      format_version: 1,
      outputs,
      base_values: new Array<number>(outputs).fill(0),
      trees: [],
      linear: { intercept: floats(random, outputs), terms },
      post_transform: 'softmax',
    },
    {
      model: 'made',
      signature: {
        features,
        target: { type: 'category', name: 'label', column: 'label', labels },
      },
      tools: {},
    },
  );
  const edges = terms.map((term) =>
    term.type === 'number' ? [term.mean, -2, 2] : [...term.weights.keys()],
  );
  const columns = features.length;
  return {
    name: `the trainer’s, ${categories} categories`,
    bytes,
    output: 'probabilities',
    columns,
    edges,
  };
}
