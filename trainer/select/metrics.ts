// How good answers are. Every function takes all held-out rows of one fold and gives metrics by name.

import type { ReliabilityBin } from '#contract/model/metrics.ts';
import { likeliest } from '#contract/model/likeliest.ts';
import type { ClassColumn, NumberColumn, Table } from '../table/table.ts';

export type Scores = Readonly<Record<string, number>>;

/** One answer per row: probabilities by label, or one number. */
export type Answers = readonly ArrayLike<number>[];

/** Probabilities are kept this far from 0 in the log-loss, so that one certain mistake is not the whole score. */
const LEAST_PROBABILITY = 1e-15;

/** Bins of equal width over [0, 1] in the calibration error. */
const CALIBRATION_BINS = 10;

export const scoresOf = (target: Table['target'], answers: Answers): Scores =>
  target.type === 'category' ? classScores(target, answers) : numberScores(target, answers);

/** What permutation importance counts in: log-loss in nats, or RMSE in the target's unit. Lower is better. */
export const lossOf = (target: Table['target'], answers: Answers): number =>
  target.type === 'category' ? logLoss(target, answers) : rmse(target, answers);

/** Rows by true label, columns by predicted label. */
export function confusionMatrix({ codes, labels }: ClassColumn, answers: Answers): number[][] {
  const matrix = Array.from({ length: labels }, () => new Array<number>(labels).fill(0));
  answers.forEach((answer, row) => matrix[codes[row]!]![likeliest(answer)]!++);
  return matrix;
}

function classScores(target: ClassColumn, answers: Answers): Scores {
  const matrix = confusionMatrix(target, answers);
  const correct = matrix.reduce((sum, counts, label) => sum + counts[label]!, 0);
  return {
    accuracy: correct / answers.length,
    macro_f1: macroF1(matrix),
    log_loss: logLoss(target, answers),
    ece: calibrationError(target, answers),
  };
}

/** The plain mean of each label's F1 = 2TP / (2TP + FP + FN), over labels that were true or predicted. */
function macroF1(matrix: readonly (readonly number[])[]): number {
  const scores: number[] = [];
  matrix.forEach((counts, label) => {
    const truth = counts.reduce((sum, count) => sum + count, 0);
    const predicted = matrix.reduce((sum, row) => sum + row[label]!, 0);
    if (truth + predicted > 0) scores.push((2 * counts[label]!) / (truth + predicted));
  });
  return mean(scores);
}

/** The mean of -ln p(true label), in nats. */
function logLoss({ codes }: ClassColumn, answers: Answers): number {
  const losses = answers.map(
    (answer, row) => -Math.log(Math.max(answer[codes[row]!]!, LEAST_PROBABILITY)),
  );
  return mean(losses);
}

/** What one answer costs: -ln p(true label) in nats, or the squared error. `row` is the place in `target`. */
export function lossAt(target: Table['target'], row: number, answer: ArrayLike<number>): number {
  if (target.type === 'category')
    return -Math.log(Math.max(answer[target.codes[row]!]!, LEAST_PROBABILITY));
  return (answer[0]! - target.values[row]!) ** 2;
}

/** Expected calibration error: |accuracy − mean confidence| per bin of the largest probability, weighted by rows (Guo et al. 2017). */
function calibrationError({ codes }: ClassColumn, answers: Answers): number {
  const gaps = new Float64Array(CALIBRATION_BINS);
  answers.forEach((answer, row) => {
    const label = likeliest(answer);
    const confidence = answer[label]!;
    const bin = Math.min(Math.floor(confidence * CALIBRATION_BINS), CALIBRATION_BINS - 1);
    gaps[bin]! += Number(label === codes[row]) - confidence;
  });
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / answers.length;
}

/** The bins that the calibration error sums up, each as it is. */
export function reliability({ codes }: ClassColumn, answers: Answers): readonly ReliabilityBin[] {
  const bins = Array.from({ length: CALIBRATION_BINS }, () => ({ rows: 0, sure: 0, right: 0 }));
  answers.forEach((answer, row) => {
    const label = likeliest(answer);
    const confidence = Math.min(answer[label]!, 1);
    const place = Math.min(Math.floor(confidence * CALIBRATION_BINS), CALIBRATION_BINS - 1);
    const bin = bins[place]!;
    bin.rows++;
    bin.sure += confidence;
    bin.right += Number(label === codes[row]);
  });
  return bins.map(({ rows, sure, right }, place) => ({
    lower: place / CALIBRATION_BINS,
    upper: (place + 1) / CALIBRATION_BINS,
    rows,
    confidence: rows === 0 ? 0 : sure / rows,
    accuracy: rows === 0 ? 0 : right / rows,
  }));
}

function numberScores(target: NumberColumn, answers: Answers): Scores {
  const errors = answers.map((answer, row) => answer[0]! - target.values[row]!);
  const center = mean([...target.values]);
  const spread = mean(Array.from(target.values, (value) => (value - center) ** 2));
  const squared = mean(errors.map((error) => error ** 2));
  return {
    rmse: Math.sqrt(squared),
    mae: mean(errors.map(Math.abs)),
    // A constant target leaves nothing to explain.
    r2: spread === 0 ? 0 : 1 - squared / spread,
  };
}

function rmse({ values }: NumberColumn, answers: Answers): number {
  return Math.sqrt(mean(answers.map((answer, row) => (answer[0]! - values[row]!) ** 2)));
}

/** NaN for no numbers. */
export const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
