// baseline.json: how a version's training rows were spread, by encoded feature (contract/features/encoded.ts) and for the target.

import {
  parseCount,
  parseJson,
  parseList,
  parseNumber,
  parseObject,
  parseRecord,
  parseText,
} from '../shapes/parse.ts';

export interface NumberHistogram {
  readonly type: 'number';
  /** Ascending; bin i holds edges[i-1] ≤ x < edges[i], so there is one bin more than edges. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  readonly missing: number;
  readonly mean: number;
  /** Population standard deviation. */
  readonly sd: number;
  /** Different values seen. */
  readonly distinct: number;
}

export interface CategoryHistogram {
  readonly type: 'category';
  /** By place in the signature's list. */
  readonly counts: readonly number[];
  readonly missing: number;
  /** Rows whose category is too rare to be in the list. */
  readonly unknown: number;
}

export type Histogram = NumberHistogram | CategoryHistogram;

export interface Baseline {
  readonly rows: number;
  /** By API name; a kind that is not known is left out. */
  readonly features: Readonly<Record<string, Histogram>>;
  /** Null for a kind that is not known. */
  readonly target: Histogram | null;
}

export function parseBaseline(text: string): Baseline {
  const object = parseObject(parseJson(text), '');
  const features = parseRecord(object.features, '/features', parseHistogram);
  return {
    rows: parseCount(object.rows, '/rows'),
    features: Object.fromEntries(
      Object.entries(features).flatMap(([name, histogram]) =>
        histogram === null ? [] : [[name, histogram]],
      ),
    ),
    target: parseHistogram(object.target, '/target'),
  };
}

function parseHistogram(value: unknown, at: string): Histogram | null {
  const histogram = parseObject(value, at);
  const type = parseText(histogram.type, `${at}/type`);
  if (type !== 'number' && type !== 'category') return null;
  const count = (name: string): number => parseCount(histogram[name], `${at}/${name}`);
  const counts = parseList(histogram.counts, `${at}/counts`, parseCount);
  const missing = count('missing');
  if (type === 'category') return { type, counts, missing, unknown: count('unknown') };
  return {
    type,
    edges: parseList(histogram.edges, `${at}/edges`, parseNumber),
    counts,
    missing,
    mean: parseNumber(histogram.mean, `${at}/mean`),
    sd: parseNumber(histogram.sd, `${at}/sd`),
    distinct: count('distinct'),
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
