// Parses what POST …/explain answers.

import type { RowValue } from '#contract/features/cell.ts';
import type { Contribution } from '#contract/explain/contributions.ts';
import type { Relation } from '#contract/explain/relation.ts';
import {
  parseCount,
  ParseError,
  parseJson,
  parseList,
  parseObject,
  parseText,
} from '#contract/shapes/parse.ts';

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
  /** The way through a single tree; empty for a model of many. */
  readonly path: readonly WayStep[];
}

export interface WayStep {
  /** API name. */
  readonly feature: string;
  readonly part: string | null;
  readonly relation: Relation;
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
  return {
    feature: parseText(step.feature, `${at}/feature`),
    part: step.part === undefined ? null : parseText(step.part, `${at}/part`),
    relation: parseRelation(step, at),
    rows: parseCount(step.rows, `${at}/rows`),
  };
}

function parseRelation(step: Record<string, unknown>, at: string): Relation {
  const { relation } = step;
  switch (relation) {
    case '<':
    case '≥':
      return { relation, threshold: parseNumber(step.threshold, `${at}/threshold`) };
    case 'is':
    case 'is not':
      return { relation, category: parseCategory(step.category, `${at}/category`) };
    case 'is one of':
    case 'is none of':
      return { relation, categories: parseList(step.categories, `${at}/categories`, parseText) };
    case 'is missing':
      return { relation };
    default:
      throw new ParseError(`${at}/relation`, 'is not a relation of this version');
  }
}

const parseCategory = (value: unknown, pointer: string): string | boolean =>
  typeof value === 'boolean' ? value : parseText(value, pointer);

function parseValue(value: unknown, pointer: string): RowValue {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value))
    return value as RowValue;
  throw new ParseError(pointer, 'must be a value');
}

function parseNumber(value: unknown, pointer: string): number {
  if (typeof value !== 'number') throw new ParseError(pointer, 'must be a number');
  return value;
}
