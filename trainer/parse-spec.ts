// What a person exports from models/<name>/spec.ts → a ModelSpec that can be relied on. Node strips the file's types, it
// does not check them.

import { isModelName } from '#contract/keys.ts';
import { parseCount, parseList, parseObject, ParseError, parseText } from '#contract/parse.ts';
import type { Candidate, ModelSpec } from '#contract/spec.ts';

/** Throws ParseError with the pointer of the first fault. */
export function parseSpec(value: unknown, model: string): ModelSpec {
  const object = parseObject(value, '');
  const budget = parseObject(object.budget, '/budget');
  const features = parseList(object.features, '/features', parseText);
  if (features.length === 0) throw new ParseError('/features', 'must not be empty');
  if (!isModelName(model) || object.model !== model)
    throw new ParseError('/model', `must be the folder's name: ${model}`);
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
    candidate: parseCandidate(object.candidate, '/candidate'),
    budget: {
      nodes: parseCount(budget.nodes, '/budget/nodes'),
      bytes: parseCount(budget.bytes, '/budget/bytes'),
    },
    ...(gate !== undefined && { gate: { margin: parseMargin(gate.margin, '/gate/margin') } }),
  };
}

function parseCandidate(value: unknown, pointer: string): Candidate {
  const { algorithm, parameters } = parseObject(value, pointer);
  if (algorithm !== 'tree') throw new ParseError(`${pointer}/algorithm`, 'must be "tree"');
  const given = parseObject(parameters, `${pointer}/parameters`);
  const { smoothing } = given;
  if (typeof smoothing !== 'number' || !(smoothing >= 0 && smoothing < Infinity))
    throw new ParseError(`${pointer}/parameters/smoothing`, 'must be a number, zero or more');
  return {
    algorithm,
    parameters: {
      max_depth: parseCount(given.max_depth, `${pointer}/parameters/max_depth`),
      min_rows: parseAtLeast(1, given.min_rows, `${pointer}/parameters/min_rows`),
      smoothing,
    },
  };
}

function parseMargin(value: unknown, pointer: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new ParseError(pointer, 'must be a number');
  return value;
}

function parseAtLeast(least: number, value: unknown, pointer: string): number {
  const count = parseCount(value, pointer);
  if (count < least) throw new ParseError(pointer, `must be at least ${least}`);
  return count;
}
