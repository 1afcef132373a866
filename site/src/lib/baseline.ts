// Parses baseline.json: how a version's training rows were spread, by feature and for the target.

import {
  parseCount,
  ParseError,
  parseJson,
  parseList,
  parseObject,
  parseRecord,
  parseText,
} from '#contract/parse.ts';

export type Spread =
  | {
      readonly type: 'number';
      /** Ascending; bin i holds edges[i-1] ≤ x < edges[i], so there is one bin more than edges. */
      readonly edges: readonly number[];
      readonly counts: readonly number[];
      readonly missing: number;
      readonly mean: number;
      readonly sd: number;
    }
  | {
      readonly type: 'category';
      /** By place in the signature's list. */
      readonly counts: readonly number[];
      readonly missing: number;
      readonly unknown: number;
    };

export interface Baseline {
  readonly rows: number;
  /** By API name; features of a kind this site has no picture for are left out. */
  readonly features: Readonly<Record<string, Spread>>;
  /** Null for a kind without a picture. */
  readonly target: Spread | null;
}

export function parseBaseline(text: string): Baseline {
  const object = parseObject(parseJson(text), '');
  const features = parseRecord(object.features, '/features', parseSpread);
  return {
    rows: parseCount(object.rows, '/rows'),
    features: Object.fromEntries(
      Object.entries(features).flatMap(([name, spread]) =>
        spread === null ? [] : [[name, spread]],
      ),
    ),
    target: parseSpread(object.target, '/target'),
  };
}

function parseSpread(value: unknown, at: string): Spread | null {
  const spread = parseObject(value, at);
  const type = parseText(spread.type, `${at}/type`);
  if (type !== 'number' && type !== 'category') return null;
  const counts = parseList(spread.counts, `${at}/counts`, parseCount);
  const missing = parseCount(spread.missing, `${at}/missing`);
  if (type === 'category')
    return { type, counts, missing, unknown: parseCount(spread.unknown, `${at}/unknown`) };
  return {
    type,
    edges: parseList(spread.edges, `${at}/edges`, parseNumber),
    counts,
    missing,
    mean: parseNumber(spread.mean, `${at}/mean`),
    sd: parseNumber(spread.sd, `${at}/sd`),
  };
}

export interface Bin {
  readonly x1: number;
  readonly x2: number;
  readonly rows: number;
}

/**
 * The rows of a number in bins of equal width between its smallest and largest value. The file's own bins hold about as
 * many rows each; within one of them rows are taken to lie evenly.
 */
export function equalBins(
  { edges, counts }: { readonly edges: readonly number[]; readonly counts: readonly number[] },
  {
    minimum,
    maximum,
    bins,
  }: { readonly minimum: number; readonly maximum: number; readonly bins: number },
): readonly Bin[] {
  const ends = [minimum, ...edges, maximum];
  const width = (maximum - minimum) / bins;
  if (!(width > 0)) return [];
  return Array.from({ length: bins }, (_, bin) => {
    const [x1, x2] = [minimum + bin * width, minimum + (bin + 1) * width];
    const rows = counts.reduce((sum, count, at) => {
      const [from, to] = [ends[at]!, ends[at + 1]!];
      // A bin without width holds one value, which lies in one of ours.
      if (to <= from) return sum + (from >= x1 && (from < x2 || bin === bins - 1) ? count : 0);
      return sum + (count * Math.max(0, Math.min(to, x2) - Math.max(from, x1))) / (to - from);
    }, 0);
    return { x1, x2, rows };
  });
}

function parseNumber(value: unknown, pointer: string): number {
  if (typeof value !== 'number') throw new ParseError(pointer, 'must be a number');
  return value;
}
