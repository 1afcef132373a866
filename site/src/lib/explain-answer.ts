// Parses what POST …/explain answers.

import type { RowValue } from '#contract/cell.ts';
import type { Contribution } from '#contract/explain/contributions.ts';
import {
  parseCount,
  ParseError,
  parseJson,
  parseList,
  parseObject,
  parseText,
} from '#contract/parse.ts';

/** One row's explanation as the page shows it. */
export interface Why {
  /** What the numbers are: probabilities, raw scores, or values in the target's unit. */
  readonly space: 'probability' | 'margin' | 'value';
  /** Null for a number. */
  readonly label: string | null;
  readonly base_value: number;
  readonly output: number;
  /** By size. */
  readonly contributions: readonly Contribution[];
  /** The way through a single tree in words; empty for a model of many. */
  readonly path: readonly WayStep[];
}

export interface WayStep {
  /** API name. */
  readonly feature: string;
  readonly part: string | null;
  /** `< 2.5`, `is one of Cuba, Mexico`. */
  readonly text: string;
  readonly rows: number;
}

export function parseWhy(text: string): Why {
  const response = parseObject(parseJson(text), '');
  const { space } = response;
  if (space !== 'probability' && space !== 'margin' && space !== 'value')
    throw new ParseError('/space', 'is not a space of this version');
  const first = parseList(response.explanations, '/explanations', parseObject)[0];
  if (first === undefined) throw new ParseError('/explanations', 'must not be empty');
  return {
    space,
    label: first.label === undefined ? null : parseText(first.label, '/label'),
    base_value: parseNumber(first.base_value, '/base_value'),
    output: parseNumber(first.output, '/output'),
    contributions: parseList(first.contributions, '/contributions', parseContribution),
    path: parseList(first.path ?? [], '/path', parseStep),
  };
}

function parseContribution(value: unknown, at: string): Contribution {
  const { feature, value: given, contribution } = parseObject(value, at);
  return {
    feature: parseText(feature, `${at}/feature`),
    value: parseValue(given, `${at}/value`),
    contribution: parseNumber(contribution, `${at}/contribution`),
  };
}

function parseStep(value: unknown, at: string): WayStep {
  const step = parseObject(value, at);
  const relation = parseText(step.relation, `${at}/relation`);
  return {
    feature: parseText(step.feature, `${at}/feature`),
    part: step.part === undefined ? null : parseText(step.part, `${at}/part`),
    text: `${relation} ${objectOf(step, at)}`.trim(),
    rows: parseCount(step.rows, `${at}/rows`),
  };
}

/** Lists of categories longer than this are cut. */
const NAMED = 4;

function objectOf(step: Record<string, unknown>, at: string): string {
  // A threshold is a float32 just above a value that was seen: six digits say which.
  if (step.threshold !== undefined)
    return String(Number(parseNumber(step.threshold, `${at}/threshold`).toPrecision(6)));
  if (step.category !== undefined) return String(step.category);
  if (step.categories === undefined) return '';
  const all = parseList(step.categories, `${at}/categories`, parseText);
  const more = all.length > NAMED ? ` and ${all.length - NAMED} more` : '';
  return `${all.slice(0, NAMED).join(', ')}${more}`;
}

function parseValue(value: unknown, pointer: string): RowValue {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value))
    return value as RowValue;
  throw new ParseError(pointer, 'must be a value');
}

function parseNumber(value: unknown, pointer: string): number {
  if (typeof value !== 'number') throw new ParseError(pointer, 'must be a number');
  return value;
}
