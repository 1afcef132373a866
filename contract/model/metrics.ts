// What is recorded of a model's quality. Every figure has the dummy's beside it and its spread over the folds.

import {
  parseCount,
  parseList,
  parseNumber,
  parseObject,
  parseRecord,
  parseText,
  ParseError,
} from '../shapes/parse.ts';

export interface Spread {
  readonly mean: number;
  /** Sample standard deviation over the folds. */
  readonly sd: number;
}

/** Rows by how sure the model was of its label. Calibrated: as sure as it is right. */
export interface ReliabilityBin {
  /** Of the largest probability, which is at least `lower`. */
  readonly lower: number;
  readonly upper: number;
  readonly rows: number;
  /** Mean largest probability, and share of rows that have the label; 0 without rows. */
  readonly confidence: number;
  readonly accuracy: number;
}

/** Rows of a number by what the model answered, in the target's unit: right when the median is the answer. */
export interface AnswerBin {
  readonly rows: number;
  /** Mean answer. */
  readonly answer: number;
  /** What was true of these rows: the 0.1, 0.5 and 0.9 quantile of the target. */
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** How the metric grows with the rows that are learned from. */
export interface LearningCurve {
  readonly metric: string;
  /** Fewest rows first; the last point is of all training rows of a fold. */
  readonly points: readonly CurvePoint[];
}

export interface CurvePoint {
  /** Training rows, a mean over the folds. */
  readonly rows: number;
  /** On the rows that each fold held out, the same at every point. */
  readonly score: Spread;
}

/** A candidate as it did on the outer folds. */
export interface CandidateResult {
  readonly algorithm: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Of the metric that candidates were chosen by. */
  readonly score: Spread;
  /** Why it was not taken, however good; absent otherwise. */
  readonly refused?: string;
}

export interface Selection {
  readonly metric: string;
  /** In each of which a candidate was chosen; 0 when there was only one. */
  readonly inner_folds: number;
  readonly repeats: number;
  /** The one that was fitted on all rows, then best first; those that were refused last, or where they were found too large. */
  readonly candidates: readonly CandidateResult[];
}

export interface Metrics {
  readonly folds: number;
  /** By metric name: accuracy, macro_f1, log_loss, ece for classes; rmse, mae, r2 for a number. */
  readonly model: Readonly<Record<string, Spread>>;
  /** The same metrics of the dummy: the commonest class with the class frequencies, or the mean. */
  readonly dummy: Readonly<Record<string, Spread>>;
  /** Rows by true label, columns by predicted label, counted over all held-out rows; absent for a number. */
  readonly confusion_matrix?: readonly (readonly number[])[];
  /** Ten bins of equal width over all held-out rows; absent for a number. */
  readonly reliability?: readonly ReliabilityBin[];
  /** Up to ten bins of about as many held-out rows each, lowest answers first; absent for classes. */
  readonly answer_bins?: readonly AnswerBin[];
  readonly selection?: Selection;
  /** Of the candidate that was taken; absent where nobody asked for it, or rows are too few. */
  readonly learning_curve?: LearningCurve;
  /** By feature: how much worse the log-loss (or RMSE) of held-out rows gets when its values are shuffled. */
  readonly permutation_importance: Readonly<Record<string, Spread>>;
}

export function parseMetrics(value: unknown, pointer: string): Metrics {
  const object = parseObject(value, pointer);
  const matrix = object.confusion_matrix;
  return {
    folds: parseCount(object.folds, `${pointer}/folds`),
    model: parseRecord(object.model, `${pointer}/model`, parseSpread),
    dummy: parseRecord(object.dummy, `${pointer}/dummy`, parseSpread),
    ...(matrix === undefined
      ? {}
      : {
          confusion_matrix: parseList(matrix, `${pointer}/confusion_matrix`, (row, at) =>
            parseList(row, at, parseCount),
          ),
        }),
    ...(object.reliability !== undefined && {
      reliability: parseList(object.reliability, `${pointer}/reliability`, parseBin),
    }),
    ...(object.answer_bins !== undefined && {
      answer_bins: parseList(object.answer_bins, `${pointer}/answer_bins`, parseAnswerBin),
    }),
    ...(object.selection !== undefined && {
      selection: parseSelection(object.selection, `${pointer}/selection`),
    }),
    ...(object.learning_curve !== undefined && {
      learning_curve: parseCurve(object.learning_curve, `${pointer}/learning_curve`),
    }),
    permutation_importance: parseRecord(
      object.permutation_importance,
      `${pointer}/permutation_importance`,
      parseSpread,
    ),
  };
}

function parseBin(value: unknown, pointer: string): ReliabilityBin {
  const bin = parseObject(value, pointer);
  const share = (name: string): number => parseShare(bin[name], `${pointer}/${name}`);
  return {
    lower: share('lower'),
    upper: share('upper'),
    rows: parseCount(bin.rows, `${pointer}/rows`),
    confidence: share('confidence'),
    accuracy: share('accuracy'),
  };
}

function parseShare(value: unknown, pointer: string): number {
  if (typeof value !== 'number' || !(value >= 0 && value <= 1))
    throw new ParseError(pointer, 'must be from 0 to 1');
  return value;
}

function parseAnswerBin(value: unknown, pointer: string): AnswerBin {
  const bin = parseObject(value, pointer);
  const number = (name: string): number => parseNumber(bin[name], `${pointer}/${name}`);
  return {
    rows: parseCount(bin.rows, `${pointer}/rows`),
    answer: number('answer'),
    low: number('low'),
    median: number('median'),
    high: number('high'),
  };
}

function parseCurve(value: unknown, pointer: string): LearningCurve {
  const object = parseObject(value, pointer);
  return {
    metric: parseText(object.metric, `${pointer}/metric`),
    points: parseList(object.points, `${pointer}/points`, (item, at) => {
      const point = parseObject(item, at);
      return {
        rows: parseCount(point.rows, `${at}/rows`),
        score: parseSpread(point.score, `${at}/score`),
      };
    }),
  };
}

function parseSelection(value: unknown, pointer: string): Selection {
  const object = parseObject(value, pointer);
  return {
    metric: parseText(object.metric, `${pointer}/metric`),
    inner_folds: parseCount(object.inner_folds, `${pointer}/inner_folds`),
    repeats: parseCount(object.repeats, `${pointer}/repeats`),
    candidates: parseList(object.candidates, `${pointer}/candidates`, (item, at) => {
      const candidate = parseObject(item, at);
      return {
        algorithm: parseText(candidate.algorithm, `${at}/algorithm`),
        parameters: parseObject(candidate.parameters, `${at}/parameters`),
        score: parseSpread(candidate.score, `${at}/score`),
        ...(candidate.refused !== undefined && {
          refused: parseText(candidate.refused, `${at}/refused`),
        }),
      };
    }),
  };
}

function parseSpread(value: unknown, pointer: string): Spread {
  const { mean, sd } = parseObject(value, pointer);
  if (typeof mean !== 'number' || typeof sd !== 'number')
    throw new ParseError(pointer, 'must have a mean and an sd');
  return { mean, sd };
}
