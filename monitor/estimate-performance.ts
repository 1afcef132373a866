// Performance without ground truth: confidence-based estimation (CBPE, NannyML) for labels, expected error for numbers.
// Everything is made of counts by calibration block, so that hours add up to days.

/** Rows of one period that have a basis for an estimate: inputs within the training range. */
export interface LabelCounts {
  /** By label, then block: rows whose probability of that label lies in the block. */
  readonly probable: readonly (readonly number[])[];
  /** The same for the predicted label of each row alone. */
  readonly predicted: readonly (readonly number[])[];
}

export interface Estimate {
  readonly value: number;
  /** Standard error of the value in a sample of this size. Bands are ± 3 of it, as NannyML's. */
  readonly error: number;
}

/** How correctness of out-of-fold answers varied: what the sampling error of an estimate is made from. */
export interface Deviations {
  /** Standard deviation (population) of a row's correctness, 0 or 1. */
  readonly accuracy: number;
  /** By label, of F1: variance of the rows that matter to it, and their share of all rows. */
  readonly f1: readonly { readonly variance: number; readonly share: number }[];
  /** By label, of AUROC: standard deviation of the positives' placement, and the share of positives. */
  readonly auroc: readonly { readonly sd: number; readonly share: number }[];
}

export const rowsOf = ({ predicted }: Pick<LabelCounts, 'predicted'>): number =>
  predicted.reduce((sum, blocks) => sum + sumOf(blocks), 0);

/** Expected share of right answers: the mean worth of the predicted labels. NaN without rows. */
export function estimateAccuracy(worth: readonly number[], counts: LabelCounts): number {
  const right = counts.predicted.reduce((sum, blocks) => sum + weighted(blocks, worth), 0);
  return right / rowsOf(counts);
}

/** Expected F1 of a label, from its expected confusion matrix: 2 TP / (predicted + actual). 0 where both are 0. */
export function estimateF1(worth: readonly number[], counts: LabelCounts, label: number): number {
  const hits = weighted(counts.predicted[label]!, worth);
  const both = sumOf(counts.predicted[label]!) + weighted(counts.probable[label]!, worth);
  return both === 0 ? 0 : (2 * hits) / both;
}

/** Mean over the labels. */
export function estimateMacroF1(worth: readonly number[], counts: LabelCounts): number {
  const labels = counts.predicted.map((_, label) => estimateF1(worth, counts, label));
  return sumOf(labels) / labels.length;
}

/**
 * Expected area under the ROC curve of a label against the rest: blocks are the thresholds, best first, and within one
 * the curve is straight. NaN when nothing is expected to be positive, or nothing negative.
 */
export function estimateAuroc(worth: readonly number[], probable: readonly number[]): number {
  let [hits, misses, area] = [0, 0, 0];
  for (let block = worth.length - 1; block >= 0; block--) {
    const positive = probable[block]! * worth[block]!;
    const negative = probable[block]! - positive;
    area += negative * (hits + positive / 2);
    hits += positive;
    misses += negative;
  }
  return area / (hits * misses);
}

/** Mean over the labels, one against the rest; for two labels both are the same. */
export function estimateMacroAuroc(worth: readonly number[], counts: LabelCounts): number {
  const areas = counts.probable
    .map((blocks) => estimateAuroc(worth, blocks))
    .filter((area) => !Number.isNaN(area));
  return sumOf(areas) / areas.length;
}

/** Sampling errors for `rows` rows: standard deviations of the reference over √n, or over √(n · share) per label. */
export function samplingErrors(
  { accuracy, f1, auroc }: Deviations,
  rows: number,
): { readonly accuracy: number; readonly macro_f1: number; readonly auroc: number } {
  const macro = (variances: readonly number[]): number =>
    Math.sqrt(sumOf(variances)) / variances.length;
  return {
    accuracy: accuracy / Math.sqrt(rows),
    macro_f1: macro(f1.map(({ variance, share }) => ratio(variance, rows * share))),
    auroc: macro(auroc.map(({ sd, share }) => ratio(sd ** 2, rows * share))),
  };
}

/**
 * Expected absolute error of a number: by bin of the predicted value, the out-of-fold mean absolute error there.
 * Its sampling error comes from the bins' standard deviations.
 */
export function estimateAbsoluteError(
  bins: readonly { readonly mean: number; readonly sd: number }[],
  rows: readonly number[],
): Estimate {
  const all = sumOf(rows);
  const value =
    weighted(
      rows,
      bins.map(({ mean }) => mean),
    ) / all;
  const second =
    weighted(
      rows,
      bins.map(({ mean, sd }) => sd ** 2 + mean ** 2),
    ) / all;
  return { value, error: Math.sqrt(Math.max(0, second - value ** 2) / all) };
}

const sumOf = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0);

const weighted = (counts: readonly number[], worth: readonly number[]): number =>
  counts.reduce((sum, count, block) => sum + count * worth[block]!, 0);

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
