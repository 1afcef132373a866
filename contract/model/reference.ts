// reference.json: what a version's training rows and out-of-fold answers looked like, in the fixed bins that live counters use.
// Counters made at the edge in the same bins add up, and are compared with these.

import {
  parseCount,
  parseFinite,
  parseJson,
  parseList,
  parseObject,
  ParseError,
  parseRecord,
} from '../shapes/parse.ts';
import type { CategoryHistogram } from './baseline.ts';

export const REFERENCE_FILE = 'reference.json';
export const REFERENCE_FORMAT_VERSION = 1;

export interface NumberReference {
  readonly type: 'number';
  /** Smallest and largest training value; both NaN-free, equal for a constant. */
  readonly minimum: number;
  readonly maximum: number;
  /** Ascending; bin i holds edges[i-1] ≤ x < edges[i], so there is one bin more than edges. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  readonly missing: number;
  readonly mean: number;
  /** Population standard deviation. */
  readonly sd: number;
  /** Whether all training values are whole. */
  readonly is_integer: boolean;
}

export type FeatureReference = NumberReference | CategoryHistogram;

/** The loss that the live test looks at: 1 for a wrong label; for a number |error| / `cap`, at most 1. */
export interface ReferenceLoss {
  readonly rows: number;
  readonly mean: number;
  /** Upper confidence bound of the mean. */
  readonly upper: number;
  /** In the target's unit; 1 for labels. */
  readonly cap: number;
}

/** Mean and standard deviation of a metric over ten chunks of the out-of-fold answers. */
export interface ChunkSpread {
  readonly rows: number;
  readonly mean: number;
  readonly sd: number;
}

export interface LabelReference {
  readonly type: 'category';
  /** Out-of-fold answers by predicted label. */
  readonly counts: readonly number[];
  /** Probabilities from `lower[i]` on are worth `value[i]`: the share of rows that were right there. */
  readonly calibration: { readonly lower: readonly number[]; readonly value: readonly number[] };
  /** What sampling errors are made from. */
  readonly deviations: {
    readonly accuracy: number;
    readonly f1: readonly { readonly variance: number; readonly share: number }[];
    readonly auroc: readonly { readonly sd: number; readonly share: number }[];
  };
  readonly loss: ReferenceLoss;
  /** Of the accuracy. */
  readonly chunks: ChunkSpread;
}

export interface ValueReference {
  readonly type: 'number';
  /** Bins of the predicted value. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  /** By bin: mean and standard deviation of the absolute error, out of fold, in the target's unit. */
  readonly errors: readonly { readonly mean: number; readonly sd: number }[];
  readonly loss: ReferenceLoss;
  /** Of the mean absolute error. */
  readonly chunks: ChunkSpread;
}

export type TargetReference = LabelReference | ValueReference;

export interface Reference {
  readonly format_version: typeof REFERENCE_FORMAT_VERSION;
  readonly rows: number;
  /** By encoded feature, in the order of an encoded row. */
  readonly features: readonly (FeatureReference & { readonly name: string })[];
  readonly target: TargetReference;
}

/** Parses reference.json. Throws ParseError with the pointer of the first fault. */
export function parseReference(text: string): Reference {
  const object = parseObject(parseJson(text), '');
  if (object.format_version !== REFERENCE_FORMAT_VERSION)
    throw new ParseError('/format_version', `must be ${REFERENCE_FORMAT_VERSION}`);
  return {
    format_version: REFERENCE_FORMAT_VERSION,
    rows: parseCount(object.rows, '/rows'),
    features: parseList(object.features, '/features', (value, at) => {
      const feature = parseObject(value, at);
      if (typeof feature.name !== 'string') throw new ParseError(`${at}/name`, 'must be a string');
      return { name: feature.name, ...parseFeature(feature, at) };
    }),
    target: parseTarget(parseObject(object.target, '/target'), '/target'),
  };
}

type Json = Record<string, unknown>;

function parseFeature(feature: Json, at: string): FeatureReference {
  const counts = parseCounts(feature, at);
  const missing = parseCount(feature.missing, `${at}/missing`);
  if (feature.type === 'category')
    return {
      type: 'category',
      counts,
      missing,
      unknown: parseCount(feature.unknown, `${at}/unknown`),
    };
  if (feature.type !== 'number')
    throw new ParseError(`${at}/type`, 'must be "number" or "category"');
  return {
    type: 'number',
    minimum: parseFinite(feature.minimum, `${at}/minimum`),
    maximum: parseFinite(feature.maximum, `${at}/maximum`),
    edges: parseEdges(feature, at, counts),
    counts,
    missing,
    mean: parseFinite(feature.mean, `${at}/mean`),
    sd: parseFinite(feature.sd, `${at}/sd`),
    is_integer: feature.is_integer === true,
  };
}

function parseTarget(target: Json, at: string): TargetReference {
  const counts = parseCounts(target, at);
  const loss = parseNumbers(target.loss, `${at}/loss`, ['rows', 'mean', 'upper', 'cap']);
  const chunks = parseNumbers(target.chunks, `${at}/chunks`, ['rows', 'mean', 'sd']);
  if (target.type === 'number') {
    const errors = parseList(target.errors, `${at}/errors`, (value, place) =>
      parseNumbers(value, place, ['mean', 'sd']),
    );
    if (errors.length !== counts.length)
      throw new ParseError(`${at}/errors`, 'must have one entry a bin');
    return { type: 'number', edges: parseEdges(target, at, counts), counts, errors, loss, chunks };
  }
  if (target.type !== 'category')
    throw new ParseError(`${at}/type`, 'must be "number" or "category"');
  const calibration = parseRecord(target.calibration, `${at}/calibration`, parseNumberList);
  const { lower = [], value = [] } = calibration;
  if (lower.length === 0 || lower.length !== value.length)
    throw new ParseError(`${at}/calibration`, 'must have a lower bound and a value for each block');
  const deviations = parseObject(target.deviations, `${at}/deviations`);
  return {
    type: 'category',
    counts,
    calibration: { lower, value },
    deviations: {
      accuracy: parseFinite(deviations.accuracy, `${at}/deviations/accuracy`),
      f1: parseList(deviations.f1, `${at}/deviations/f1`, (item, place) =>
        parseNumbers(item, place, ['variance', 'share']),
      ),
      auroc: parseList(deviations.auroc, `${at}/deviations/auroc`, (item, place) =>
        parseNumbers(item, place, ['sd', 'share']),
      ),
    },
    loss,
    chunks,
  };
}

const parseCounts = (object: Json, at: string): readonly number[] =>
  parseList(object.counts, `${at}/counts`, parseCount);

function parseEdges(object: Json, at: string, counts: readonly number[]): readonly number[] {
  const edges = parseNumberList(object.edges, `${at}/edges`);
  if (edges.length + 1 !== counts.length)
    throw new ParseError(`${at}/edges`, 'must be one fewer than the counts');
  return edges;
}

const parseNumberList = (value: unknown, at: string): readonly number[] =>
  parseList(value, at, parseFinite);

function parseNumbers<Name extends string>(
  value: unknown,
  at: string,
  names: readonly Name[],
): Readonly<Record<Name, number>> {
  const object = parseObject(value, at);
  const numbers = names.map((name) => [name, parseFinite(object[name], `${at}/${name}`)]);
  return Object.fromEntries(numbers) as Record<Name, number>;
}
