// Candidates as a spec has them → candidates that can be fitted. A list of values is a grid: every combination is tried.

import { parseCount, parseObject, ParseError } from '#contract/shapes/parse.ts';
import type { Algorithm, Candidate, CandidateGrid } from '#contract/spec.ts';

type ParseParameter = (value: unknown, pointer: string) => unknown;
type Parameters = Readonly<Record<string, ParseParameter>>;

const COMMON: Parameters = { class_weight: optional(parseBalanced) };

const TREE: Parameters = {
  max_depth: parseCount,
  min_rows: (value, pointer) => parseAtLeast(1, value, pointer),
  smoothing: parseAmount,
};

const BOOSTING: Parameters = {
  rounds: parseCount,
  learning_rate: parseShare,
  max_leaves: (value, pointer) => parseAtLeast(2, value, pointer),
  leaf_rows: (value, pointer) => parseAtLeast(1, value, pointer),
  l2: parseAmount,
  subsample: parseShare,
  feature_share: optional(parseShare),
  patience: parseCount,
};

const PARAMETERS: Readonly<Record<Algorithm, Parameters>> = {
  tree: { ...TREE, pruning: optional(parseAmount), ...COMMON },
  forest: {
    trees: (value, pointer) => parseAtLeast(1, value, pointer),
    ...TREE,
    feature_share: parseShare,
    bootstrap: parseBoolean,
    ...COMMON,
  },
  boosting: { ...BOOSTING, ...COMMON },
  linear: { l2: parseAmount, ...COMMON },
  boosted_linear: { ...BOOSTING, linear_l2: parseAmount, ...COMMON },
};

/** Throws ParseError with the pointer of the first fault. */
export function parseCandidate(value: unknown, pointer: string): Candidate {
  const { algorithm, parameters } = parseObject(value, pointer);
  const known = parametersOf(algorithm, `${pointer}/algorithm`);
  const given = parseObject(parameters, `${pointer}/parameters`);
  const stranger = Object.keys(given).find((name) => !Object.hasOwn(known, name));
  if (stranger !== undefined)
    throw new ParseError(
      `${pointer}/parameters/${stranger}`,
      `is not a parameter of ${String(algorithm)}`,
    );
  const entries = Object.entries(known).map(
    ([name, parse]) => [name, parse(given[name], `${pointer}/parameters/${name}`)] as const,
  );
  const parsed = Object.fromEntries(entries.filter(([, found]) => found !== undefined));
  const candidate: unknown = { algorithm, parameters: parsed };
  return candidate as Candidate;
}

/** Checks every candidate that the grid stands for. */
export function parseGrid(value: unknown, pointer: string): CandidateGrid {
  const { algorithm, parameters } = parseObject(value, pointer);
  parametersOf(algorithm, `${pointer}/algorithm`);
  const given = parseObject(parameters, `${pointer}/parameters`);
  for (const combination of combinationsOf(given))
    parseCandidate({ algorithm, parameters: combination }, pointer);
  const grid: unknown = { algorithm, parameters: given };
  return grid as CandidateGrid;
}

/** The candidates that grids stand for, in their order; the last parameter's values change first. */
export const expandGrids = (grids: readonly CandidateGrid[]): readonly Candidate[] =>
  grids.flatMap(({ algorithm, parameters }) =>
    combinationsOf(parameters).map((combination) =>
      parseCandidate({ algorithm, parameters: combination }, `/candidates/${algorithm}`),
    ),
  );

function combinationsOf(grid: object): readonly Record<string, unknown>[] {
  let found: readonly Record<string, unknown>[] = [{}];
  for (const [name, value] of Object.entries(grid)) {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    found = found.flatMap((before) => values.map((one) => ({ ...before, [name]: one })));
  }
  return found;
}

function parametersOf(algorithm: unknown, pointer: string): Parameters {
  const found = Object.entries(PARAMETERS).find(([name]) => name === algorithm);
  if (found === undefined)
    throw new ParseError(pointer, `must be one of ${Object.keys(PARAMETERS).join(', ')}`);
  return found[1];
}

function optional(parse: ParseParameter): ParseParameter {
  return (value, pointer) => (value === undefined ? undefined : parse(value, pointer));
}

function parseAmount(value: unknown, pointer: string): number {
  if (typeof value !== 'number' || !(value >= 0 && value < Infinity))
    throw new ParseError(pointer, 'must be a number, zero or more');
  return value;
}

function parseShare(value: unknown, pointer: string): number {
  if (typeof value !== 'number' || !(value > 0 && value <= 1))
    throw new ParseError(pointer, 'must be a number above 0, 1 at most');
  return value;
}

function parseBoolean(value: unknown, pointer: string): boolean {
  if (typeof value !== 'boolean') throw new ParseError(pointer, 'must be true or false');
  return value;
}

function parseBalanced(value: unknown, pointer: string): string {
  if (value !== 'balanced') throw new ParseError(pointer, 'must be "balanced"');
  return value;
}

export function parseAtLeast(least: number, value: unknown, pointer: string): number {
  const count = parseCount(value, pointer);
  if (count < least) throw new ParseError(pointer, `must be at least ${least}`);
  return count;
}
