// A model's nodes: trees alone are one node; a linear term is a small graph whose sums meet the trees' before softmax.

import type { TreeEnsemble } from '#contract/model/tree.ts';
import { attributesOf } from './attributes.ts';
import type { GraphBuilder } from './graph-builder.ts';
import { linearNodes } from './linear-graph.ts';
import { FLOAT, INT64 } from '#engine/onnx/messages.ts';
import { treeEnsembleAttributes } from './tree-ensemble.ts';

const ML = { domain: 'ai.onnx.ml', version: 3 };
const STANDARD = { domain: '', version: 13 };

export interface Graph {
  readonly nodes: readonly object[];
  readonly initializers: readonly object[];
  readonly opsets: readonly object[];
}

export function graphOf(ensemble: TreeEnsemble, input: string, output: string): Graph {
  const nodes: object[] = [];
  const initializers: object[] = [];
  const builder: GraphBuilder = {
    node(operator, inputs, { output: name, domain, attributes = {} } = {}) {
      const made = name ?? `${operator.toLowerCase()}_${nodes.length}`;
      nodes.push({
        name: `${operator.toLowerCase()}_${nodes.length}`,
        op_type: operator,
        ...(domain !== undefined && { domain }),
        input: inputs,
        output: [made],
        attribute: attributesOf(attributes),
      });
      return made;
    },
    floats(name, dims, values) {
      initializers.push({ name, dims, data_type: FLOAT, float_data: values });
      return name;
    },
    integers(name, values) {
      initializers.push({ name, dims: [values.length], data_type: INT64, int64_data: values });
      return name;
    },
  };
  const { linear, trees, post_transform } = ensemble;
  const addTrees = (transform: 'NONE' | 'SOFTMAX', to?: string): string =>
    builder.node('TreeEnsembleRegressor', [input], {
      domain: ML.domain,
      attributes: treeEnsembleAttributes(ensemble, transform),
      ...(to !== undefined && { output: to }),
    });
  if (linear === undefined) {
    addTrees(post_transform === 'softmax' ? 'SOFTMAX' : 'NONE', output);
    return { nodes, initializers, opsets: [ML] };
  }
  const isLast = (step: 'linear' | 'sum'): object =>
    post_transform === undefined && (step === 'sum') === trees.length > 0 ? { output } : {};
  let margins = linearNodes(builder, linear, input, isLast('linear'));
  if (trees.length > 0) margins = builder.node('Add', [addTrees('NONE'), margins], isLast('sum'));
  if (post_transform === 'softmax')
    builder.node('Softmax', [margins], { output, attributes: { axis: { int: -1 } } });
  return { nodes, initializers, opsets: trees.length > 0 ? [STANDARD, ML] : [STANDARD] };
}
