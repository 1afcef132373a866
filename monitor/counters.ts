// Counters of one version in one hour, in the bins of its reference. They add up: rows to hours, hours to days, in any order.

import type { FeatureReference, Reference } from '#contract/model/reference.ts';
import { blockOf } from './calibration.ts';

/** By encoded feature: these three, then one count for each bin or category of the reference. */
export const MISSING = 0;
/** Below the training range, or an unknown category. */
export const BELOW = 1;
export const ABOVE = 2;
export const FIRST_BIN = 3;

/** Ground truth of rows in one place: all rows there, those with ground truth, and the sum of their losses. */
export const ROWS = 0;
export const KNOWN = 1;
export const LOSS = 2;

export interface Counters {
  /** Logged rows. */
  readonly rows: number;
  /** By encoded feature. */
  readonly features: readonly (readonly number[])[];
  /** By predicted label, or by bin of the predicted value. */
  readonly outputs: readonly number[];
  /** Rows within the training range, on which performance is estimated. */
  readonly estimated: number;
  /** Of those, for labels: by label and calibration block, of every label and of the predicted one. Empty for a number. */
  readonly probable: readonly (readonly number[])[];
  readonly predicted: readonly (readonly number[])[];
  /** Of those, for a number: by bin of the predicted value. Empty for labels. */
  readonly binned: readonly number[];
  /** Rows with ground truth from the API, and from the page, counted apart: what people report there is not a random sample. */
  readonly known: number;
  readonly known_page: number;
  /** Sum of the losses of `known`: wrong labels, or absolute errors in the target's unit. */
  readonly loss: number;
  /** By category feature (empty for others), by category, as [ROWS, KNOWN, LOSS]. */
  readonly segments: readonly (readonly (readonly number[])[])[];
  /** Ground truth by its delay: places of DELAY_HOURS. */
  readonly delays: readonly number[];
}

/** Upper bounds of the delays, in hours; the last place is for longer ones. */
export const DELAY_HOURS = [1, 6, 24, 48, 72, 168, 336, 720] as const;

type Numbers = readonly number[] | readonly Numbers[];

/** While they are being counted. */
type Counting = Deep<Counters>;
type Deep<T> = T extends readonly (infer Item)[]
  ? Deep<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Deep<T[Key]> }
    : T;

const zeros = (length: number): number[] => new Array<number>(length).fill(0);

/** Counters of no rows, in the shape of `reference`. */
export const emptyCounters = (reference: Reference): Counters => nothingCounted(reference);

function nothingCounted({ features, target }: Reference): Counting {
  const labels = target.type === 'category' ? target.counts : [];
  const blocks = target.type === 'category' ? target.calibration.lower.length : 0;
  return {
    rows: 0,
    features: features.map(({ counts }) => zeros(FIRST_BIN + counts.length)),
    outputs: zeros(target.counts.length),
    estimated: 0,
    probable: labels.map(() => zeros(blocks)),
    predicted: labels.map(() => zeros(blocks)),
    binned: zeros(target.type === 'number' ? target.counts.length : 0),
    known: 0,
    known_page: 0,
    loss: 0,
    segments: features.map((feature) =>
      feature.type === 'category' ? feature.counts.map(() => zeros(3)) : [],
    ),
    delays: zeros(DELAY_HOURS.length + 1),
  };
}

export function addCounters(a: Counters, b: Counters): Counters {
  return {
    rows: a.rows + b.rows,
    features: add(a.features, b.features),
    outputs: add(a.outputs, b.outputs),
    estimated: a.estimated + b.estimated,
    probable: add(a.probable, b.probable),
    predicted: add(a.predicted, b.predicted),
    binned: add(a.binned, b.binned),
    known: a.known + b.known,
    known_page: a.known_page + b.known_page,
    loss: a.loss + b.loss,
    segments: add(a.segments, b.segments),
    delays: add(a.delays, b.delays),
  };
}

/** Element by element; both have one shape, as both come from one reference. */
function add<T extends Numbers>(a: T, b: T): T {
  return a.map((value, place) => {
    const other = b[place]!;
    return typeof value === 'number' ? value + Number(other) : add(value, other as typeof value);
  }) as unknown as T;
}

/** Rows of one version: encoded features and outputs, row-major. */
export interface LoggedRows {
  readonly rows: number;
  readonly features: Float32Array;
  readonly outputs: Float32Array;
}

/** The place of an encoded value in its feature's counts. */
export function placeOf(feature: FeatureReference, value: number): number {
  if (Number.isNaN(value)) return MISSING;
  if (feature.type === 'category')
    return value >= 0 && value < feature.counts.length ? FIRST_BIN + value : BELOW;
  // Training values are kept as float32, as encoded values are.
  if (value < feature.minimum) return BELOW;
  if (value > feature.maximum) return ABOVE;
  return FIRST_BIN + binOf(feature.edges, value);
}

/** Bin i holds edges[i-1] ≤ value < edges[i]. */
export function binOf(edges: readonly number[], value: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The place of the largest output from `offset` on; the first on a tie. */
export function largestOf(outputs: Float32Array, offset: number, width: number): number {
  let best = 0;
  for (let label = 1; label < width; label++)
    if (outputs[offset + label]! > outputs[offset + best]!) best = label;
  return best;
}

export function countRows(reference: Reference, logged: LoggedRows): Counters {
  const { features, target } = reference;
  const counting = nothingCounted(reference);
  const { outputs, probable, predicted, binned, segments } = counting;
  const counts = counting.features;
  const width = features.length;
  const outputWidth = target.type === 'category' ? target.counts.length : 1;
  for (let row = 0; row < logged.rows; row++) {
    let isInside = true;
    for (let index = 0; index < width; index++) {
      const feature = features[index]!;
      const place = placeOf(feature, logged.features[row * width + index]!);
      counts[index]![place]!++;
      // A missing value has a basis only where training had some.
      if (place === BELOW || place === ABOVE || (place === MISSING && feature.missing === 0))
        isInside = false;
      if (feature.type === 'category' && place >= FIRST_BIN)
        segments[index]![place - FIRST_BIN]![ROWS]!++;
    }
    const offset = row * outputWidth;
    if (isInside) counting.estimated++;
    if (target.type === 'number') {
      const bin = binOf(target.edges, logged.outputs[offset]!);
      outputs[bin]!++;
      if (isInside) binned[bin]!++;
      continue;
    }
    const best = largestOf(logged.outputs, offset, outputWidth);
    outputs[best]!++;
    if (!isInside) continue;
    const { lower } = target.calibration;
    for (let label = 0; label < outputWidth; label++) {
      const block = blockOf(lower, logged.outputs[offset + label]!);
      probable[label]![block]!++;
      if (label === best) predicted[label]![block]!++;
    }
  }
  counting.rows = logged.rows;
  return counting;
}

/** One row's ground truth. */
export interface Outcome {
  /** 1 for a wrong label and 0 for the right one, or the absolute error in the target's unit. */
  readonly loss: number;
  /** The row's encoded features; null when the log does not hold the row any more. */
  readonly features: Float32Array | null;
  /** Hours from the prediction to the report. */
  readonly delay: number;
  readonly source: 'api' | 'page';
}

export function countOutcome(
  reference: Reference,
  { loss, features, delay, source }: Outcome,
): Counters {
  const counting = nothingCounted(reference);
  if (source === 'page') return { ...counting, known_page: 1 };
  const { delays, segments } = counting;
  const place = DELAY_HOURS.findIndex((hours) => delay <= hours);
  delays[place < 0 ? DELAY_HOURS.length : place]!++;
  if (features !== null)
    reference.features.forEach((feature, index) => {
      const at = placeOf(feature, features[index]!) - FIRST_BIN;
      if (feature.type !== 'category' || at < 0) return;
      segments[index]![at]![KNOWN]!++;
      segments[index]![at]![LOSS]! += loss;
    });
  return { ...counting, known: 1, loss };
}
