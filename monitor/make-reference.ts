// Training rows and out-of-fold answers → the reference: fixed bins, calibration map, spreads over ten chunks.

import {
  REFERENCE_FORMAT_VERSION,
  type ChunkSpread,
  type FeatureReference,
  type LabelReference,
  type Reference,
  type ValueReference,
} from '#contract/model/reference.ts';
import { upperBound } from './anytime.ts';
import { fitCalibration } from './calibration.ts';
import { binOf, largestOf } from './counters.ts';

/** Bins of about the same number of rows: fine enough to draw, and joined to coarser ones to test. */
const FEATURE_BINS = 40;
const VALUE_BINS = 10;
const CHUNKS = 10;
/** Absolute errors beyond this multiple of their mean count as this much. */
const CAP = 4;

export interface ReferenceInput {
  readonly rows: number;
  /** By encoded feature; values as float32, NaN for missing, -1 for a category that is not in the list. */
  readonly features: readonly {
    readonly name: string;
    readonly values: Float32Array;
    /** Categories in the list; null for a number. */
    readonly categories: number | null;
  }[];
  /** Each row that some fold held out, once. */
  readonly heldOut: HeldOutLabels | HeldOutValues;
}

export interface HeldOutLabels {
  readonly type: 'category';
  readonly labels: number;
  /** Row-major: a probability a label. */
  readonly probabilities: Float32Array;
  /** By row: the place of the true label. */
  readonly truth: ArrayLike<number>;
}

export interface HeldOutValues {
  readonly type: 'number';
  readonly answers: Float64Array;
  readonly truth: ArrayLike<number>;
}

export function makeReference({ rows, features, heldOut }: ReferenceInput): Reference {
  return {
    format_version: REFERENCE_FORMAT_VERSION,
    rows,
    features: features.map(({ name, values, categories }) => ({
      name,
      ...(categories === null ? numbers(values) : codes(values, categories)),
    })),
    target: heldOut.type === 'category' ? labels(heldOut) : answeredValues(heldOut),
  };
}

function numbers(values: Float32Array): FeatureReference {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  const edges = edgesOf(known, FEATURE_BINS);
  const [mean, sd] = spreadOf(known);
  return {
    type: 'number',
    minimum: known[0] ?? 0,
    maximum: known.at(-1) ?? 0,
    edges,
    counts: countBins(known, edges),
    missing: values.length - known.length,
    mean,
    sd,
    is_integer: known.every(Number.isInteger),
  };
}

function codes(values: Float32Array, categories: number): FeatureReference {
  const counts = new Array<number>(categories).fill(0);
  let [missing, unknown] = [0, 0];
  for (const code of values) {
    if (Number.isNaN(code)) missing++;
    else if (code >= 0) counts[code]!++;
    else unknown++;
  }
  return { type: 'category', counts, missing, unknown };
}

/** Quantiles of ascending values, each once; none is the smallest value. */
function edgesOf(ascending: ArrayLike<number>, bins: number): readonly number[] {
  const edges = new Set<number>();
  for (let bin = 1; bin < bins; bin++) {
    const edge = ascending[Math.floor((bin * ascending.length) / bins)];
    if (edge !== undefined && edge > ascending[0]!) edges.add(edge);
  }
  return [...edges];
}

function countBins(values: ArrayLike<number>, edges: readonly number[]): readonly number[] {
  const counts = new Array<number>(edges.length + 1).fill(0);
  for (let row = 0; row < values.length; row++) counts[binOf(edges, values[row]!)]!++;
  return counts;
}

function labels({ labels: count, probabilities, truth }: HeldOutLabels): LabelReference {
  const rows = truth.length;
  const predicted = Int32Array.from({ length: rows }, (_, row) =>
    largestOf(probabilities, row * count, count),
  );
  const right = Float64Array.from(predicted, (label, row) => Number(label === truth[row]));
  const losses = right.map((hit) => 1 - hit);
  const [mean] = spreadOf(losses);
  return {
    type: 'category',
    counts: Array.from(
      { length: count },
      (_, label) => predicted.filter((p) => p === label).length,
    ),
    // One map for all labels: each probability of each row, and whether that label was true.
    calibration: rounded(
      fitCalibration(
        probabilities,
        Uint8Array.from(probabilities, (_, at) =>
          Number(truth[Math.floor(at / count)] === at % count),
        ),
      ),
    ),
    deviations: {
      accuracy: spreadOf(right)[1],
      f1: Array.from({ length: count }, (_, label) => f1Deviation(predicted, truth, label)),
      auroc: Array.from({ length: count }, (_, label) =>
        aurocDeviation(probabilities, truth, { label, count }),
      ),
    },
    loss: { rows, mean, upper: upperBound(losses), cap: 1 },
    chunks: chunksOf(right),
  };
}

/** Values keep 9 digits, so that the file has the same bytes wherever it is made. */
const rounded = ({
  lower,
  value,
}: LabelReference['calibration']): LabelReference['calibration'] => ({
  lower,
  value: value.map((share) => Number(share.toPrecision(9))),
});

/** Of the rows that F1 counts: hits are 1, the others 0. */
function f1Deviation(predicted: Int32Array, truth: ArrayLike<number>, label: number) {
  let [hits, counted] = [0, 0];
  predicted.forEach((guess, row) => {
    if (guess !== label && truth[row] !== label) return;
    counted++;
    if (guess === truth[row]) hits++;
  });
  const share = counted === 0 ? 0 : hits / counted;
  return { variance: share * (1 - share), share: counted / predicted.length };
}

/** AUROC is the mean share of negatives below a positive: the standard deviation of that share. */
function aurocDeviation(
  probabilities: Float32Array,
  truth: ArrayLike<number>,
  { label, count }: { readonly label: number; readonly count: number },
) {
  const rows = truth.length;
  const order = Array.from({ length: rows }, (_, row) => row).sort(
    (a, b) => probabilities[a * count + label]! - probabilities[b * count + label]! || a - b,
  );
  const below: number[] = [];
  let negatives = 0;
  for (const row of order) {
    if (truth[row] === label) below.push(negatives);
    else negatives++;
  }
  const [, sd] = negatives === 0 ? [0, 0] : spreadOf(below.map((n) => n / negatives));
  return { sd, share: below.length / Math.max(1, rows) };
}

function answeredValues({ answers, truth }: HeldOutValues): ValueReference {
  const errors = answers.map((answer, row) => Math.abs(answer - truth[row]!));
  const edges = edgesOf(Float64Array.from(answers).sort(), VALUE_BINS);
  const bins = edges.length + 1;
  const cap = CAP * spreadOf(errors)[0] || 1;
  const losses = errors.map((error) => Math.min(1, error / cap));
  return {
    type: 'number',
    edges,
    counts: countBins(answers, edges),
    errors: Array.from({ length: bins }, (_, bin) => {
      const [mean, sd] = spreadOf(errors.filter((_, row) => binOf(edges, answers[row]!) === bin));
      return { mean, sd };
    }),
    loss: { rows: errors.length, mean: spreadOf(losses)[0], upper: upperBound(losses), cap },
    chunks: chunksOf(errors),
  };
}

/** Every tenth row is a chunk, so that none follows the order of the table. */
function chunksOf(values: Float64Array): ChunkSpread {
  const means = Array.from({ length: CHUNKS }, (_, chunk) =>
    values.filter((_, row) => row % CHUNKS === chunk),
  )
    .filter(({ length }) => length > 0)
    .map((chunk) => spreadOf(chunk)[0]);
  const [mean] = spreadOf(values);
  return { rows: Math.floor(values.length / CHUNKS), mean, sd: spreadOf(means)[1] };
}

/** Mean and population standard deviation; 0 and 0 for no values. */
function spreadOf(values: ArrayLike<number>): readonly [mean: number, sd: number] {
  if (values.length === 0) return [0, 0];
  let sum = 0;
  for (let row = 0; row < values.length; row++) sum += values[row]!;
  const mean = sum / values.length;
  let squares = 0;
  for (let row = 0; row < values.length; row++) squares += (values[row]! - mean) ** 2;
  return [mean, Math.sqrt(squares / values.length)];
}
