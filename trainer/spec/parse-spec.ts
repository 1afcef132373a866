// What a person exports from models/<name>/spec.ts → a ModelSpec that can be relied on. Node strips the file's types, it
// does not check them.

import { isModelName } from '#contract/registry/keys.ts';
import {
  parseCount,
  parseList,
  parseObject,
  ParseError,
  parseText,
} from '#contract/shapes/parse.ts';
import type { ModelSpec, SelectionMetric } from '#contract/spec.ts';
import { parseAtLeast, parseGrid } from './parse-candidate.ts';

/** Throws ParseError with the pointer of the first fault. */
export function parseSpec(value: unknown, model: string): ModelSpec {
  const object = parseObject(value, '');
  const budget = parseObject(object.budget, '/budget');
  const features = parseList(object.features, '/features', parseText);
  if (features.length === 0) throw new ParseError('/features', 'must not be empty');
  if (!isModelName(model) || object.model !== model)
    throw new ParseError('/model', `must be the folder's name: ${model}`);
  const candidates = parseList(object.candidates, '/candidates', parseGrid);
  if (candidates.length === 0) throw new ParseError('/candidates', 'must not be empty');
  const gate = object.gate === undefined ? undefined : parseObject(object.gate, '/gate');
  return {
    model,
    title: parseText(object.title, '/title'),
    description: parseText(object.description, '/description'),
    dataset: parseText(object.dataset, '/dataset'),
    target: parseText(object.target, '/target'),
    features,
    ...(object.max_categories !== undefined && {
      max_categories: parseAtLeast(1, object.max_categories, '/max_categories'),
    }),
    seed: parseCount(object.seed, '/seed'),
    folds: parseAtLeast(2, object.folds, '/folds'),
    ...(object.repeats !== undefined && { repeats: parseAtLeast(1, object.repeats, '/repeats') }),
    ...(object.inner_folds !== undefined && {
      inner_folds: parseAtLeast(2, object.inner_folds, '/inner_folds'),
    }),
    ...(object.metric !== undefined && { metric: parseMetric(object.metric, '/metric') }),
    ...(object.weights !== undefined && { weights: parseText(object.weights, '/weights') }),
    candidates,
    budget: {
      nodes: parseCount(budget.nodes, '/budget/nodes'),
      bytes: parseCount(budget.bytes, '/budget/bytes'),
    },
    ...(gate !== undefined && { gate: { margin: parseMargin(gate.margin, '/gate/margin') } }),
  };
}

function parseMargin(value: unknown, pointer: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new ParseError(pointer, 'must be a number');
  return value;
}

const SELECTION_METRICS: readonly SelectionMetric[] = [
  'log_loss',
  'accuracy',
  'macro_f1',
  'rmse',
  'mae',
];

function parseMetric(value: unknown, pointer: string): SelectionMetric {
  const metric = SELECTION_METRICS.find((known) => known === value);
  if (metric === undefined)
    throw new ParseError(pointer, `must be one of ${SELECTION_METRICS.join(', ')}`);
  return metric;
}
