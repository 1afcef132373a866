// A model's named inputs and its target. It travels in the manifest, so neither the worker nor the site compiles in a feature list.

import { parseDay } from './features/day.ts';
import {
  checkName,
  parseFinite,
  parseList,
  parseObject,
  parseText,
  ParseError,
} from './shapes/parse.ts';

interface FeatureBase {
  /** API name: snake_case, derived from the column's name. */
  readonly name: string;
  /** The column's name in the dataset. */
  readonly column: string;
  readonly description: string;
  /** Whether `null` (not known) may be sent; it is encoded as NaN. */
  readonly nullable: boolean;
}

export interface NumberFeature extends FeatureBase {
  readonly type: 'number';
  readonly unit: string | null;
  /** Smallest and largest value seen in training, in `unit`. */
  readonly minimum: number;
  readonly maximum: number;
}

export interface CategoryFeature extends FeatureBase {
  readonly type: 'category';
  /** Encoded by their place in this list: 0, 1, 2, … */
  readonly categories: readonly string[];
}

/** `true` is encoded as 1, `false` as 0. */
export interface BooleanFeature extends FeatureBase {
  readonly type: 'boolean';
}

/** A day, asked for as YYYY-MM-DD and encoded as year, month and day of the week: three values. */
export interface DateFeature extends FeatureBase {
  readonly type: 'date';
  /** First and last day seen in training. */
  readonly minimum: string;
  readonly maximum: string;
}

export type Feature = NumberFeature | CategoryFeature | BooleanFeature | DateFeature;

export interface ClassTarget {
  readonly type: 'category';
  readonly name: string;
  readonly column: string;
  /** In the order of the model's probabilities. */
  readonly labels: readonly string[];
}

export interface NumberTarget {
  readonly type: 'number';
  readonly name: string;
  readonly column: string;
  readonly unit: string | null;
}

export type Target = ClassTarget | NumberTarget;

export interface Signature {
  readonly features: readonly Feature[];
  readonly target: Target;
}

/** The API name of a column: `Observed Length (m)` → `observed_length_m`. Throws when nothing is left. */
export function apiName(column: string): string {
  const name = column
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  if (name === '') throw new Error(`column has no letter or digit to name it by: ${column}`);
  return /^[0-9]/.test(name) ? `_${name}` : name;
}

/** The API name of a column of a schema. */
export const apiNameOf = ({ name, api_name }: { name: string; api_name?: string }): string =>
  api_name ?? apiName(name);

/** Parses a signature out of a manifest. Throws ParseError with the pointer of the first fault. */
export function parseSignature(value: unknown, pointer = ''): Signature {
  const object = parseObject(value, pointer);
  const features = parseList(object.features, `${pointer}/features`, parseFeature);
  if (features.length === 0) throw new ParseError(`${pointer}/features`, 'must not be empty');
  const names = new Set(features.map((feature) => feature.name));
  if (names.size !== features.length)
    throw new ParseError(`${pointer}/features`, 'names must be unique');
  return { features, target: parseTarget(object.target, `${pointer}/target`) };
}

function parseFeature(value: unknown, pointer: string): Feature {
  const object = parseObject(value, pointer);
  const base = {
    name: checkName(object.name, `${pointer}/name`),
    column: parseText(object.column, `${pointer}/column`),
    description: parseText(object.description, `${pointer}/description`),
    nullable: object.nullable === true,
  };
  if (object.type === 'number') {
    return {
      ...base,
      type: 'number',
      unit: parseUnit(object.unit, `${pointer}/unit`),
      minimum: parseFinite(object.minimum, `${pointer}/minimum`),
      maximum: parseFinite(object.maximum, `${pointer}/maximum`),
    };
  }
  if (object.type === 'category') {
    const categories = parseList(object.categories, `${pointer}/categories`, parseText);
    if (new Set(categories).size !== categories.length)
      throw new ParseError(`${pointer}/categories`, 'must be unique');
    return { ...base, type: 'category', categories };
  }
  if (object.type === 'boolean') return { ...base, type: 'boolean' };
  if (object.type === 'date')
    return {
      ...base,
      type: 'date',
      minimum: checkDay(object.minimum, `${pointer}/minimum`),
      maximum: checkDay(object.maximum, `${pointer}/maximum`),
    };
  throw new ParseError(`${pointer}/type`, 'must be "number", "category", "boolean" or "date"');
}

function checkDay(value: unknown, pointer: string): string {
  const day = parseText(value, pointer);
  if (parseDay(day) === null) throw new ParseError(pointer, `is not a day: ${day}`);
  return day;
}

function parseTarget(value: unknown, pointer: string): Target {
  const object = parseObject(value, pointer);
  const name = checkName(object.name, `${pointer}/name`);
  const column = parseText(object.column, `${pointer}/column`);
  if (object.type === 'number')
    return { type: 'number', name, column, unit: parseUnit(object.unit, `${pointer}/unit`) };
  if (object.type === 'category') {
    const labels = parseList(object.labels, `${pointer}/labels`, parseText);
    if (labels.length < 2) throw new ParseError(`${pointer}/labels`, 'must have at least two');
    return { type: 'category', name, column, labels };
  }
  throw new ParseError(`${pointer}/type`, 'must be "number" or "category"');
}

const parseUnit = (value: unknown, pointer: string): string | null =>
  value === null ? null : parseText(value, pointer);
