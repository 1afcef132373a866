// Performance in a period, without and with ground truth, from counters alone.

import type { LabelReference, Reference } from '#contract/model/reference.ts';
import { KNOWN, LOSS, ROWS, type Counters } from './counters.ts';
import {
  estimateAbsoluteError,
  estimateAccuracy,
  estimateMacroAuroc,
  estimateMacroF1,
  samplingErrors,
  type Estimate,
} from './estimate-performance.ts';

export interface Performance {
  /** `accuracy` for labels, `mae` (in the target's unit) for a number. */
  readonly metric: 'accuracy' | 'mae';
  /** Null without rows in the training range. */
  readonly estimate: Estimate | null;
  /** Further estimates of a model of labels; null for a number or without rows. */
  readonly macro_f1: Estimate | null;
  readonly auroc: Estimate | null;
  /** Share of rows that the estimate stands on; 0 without rows. */
  readonly estimated_share: number;
  /** From ground truth: null without any. The interval is at 95 %. */
  readonly realised: Interval | null;
}

export interface Interval {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  /** Rows with ground truth. */
  readonly rows: number;
}

export function performanceOf({ target }: Reference, counters: Counters): Performance {
  const { rows, estimated } = counters;
  const isKnown = estimated > 0;
  const labels = target.type === 'category' && isKnown ? estimateLabels(target, counters) : null;
  const value =
    target.type === 'number' && isKnown
      ? estimateAbsoluteError(target.errors, counters.binned)
      : null;
  return {
    metric: target.type === 'category' ? 'accuracy' : 'mae',
    estimate: labels?.accuracy ?? value,
    macro_f1: labels?.macro_f1 ?? null,
    auroc: labels?.auroc ?? null,
    estimated_share: rows === 0 ? 0 : estimated / rows,
    realised: realised(target.type, counters.known, counters.loss),
  };
}

function estimateLabels(
  { calibration, deviations }: LabelReference,
  counters: Counters,
): Readonly<Record<'accuracy' | 'macro_f1' | 'auroc', Estimate>> {
  const errors = samplingErrors(deviations, counters.estimated);
  const of = (name: keyof typeof errors, value: number): Estimate => ({
    value,
    error: errors[name],
  });
  return {
    accuracy: of('accuracy', estimateAccuracy(calibration.value, counters)),
    macro_f1: of('macro_f1', estimateMacroF1(calibration.value, counters)),
    auroc: of('auroc', estimateMacroAuroc(calibration.value, counters)),
  };
}

function realised(type: 'category' | 'number', rows: number, loss: number): Interval | null {
  if (rows === 0) return null;
  if (type === 'category') return wilson(rows - loss, rows);
  // The spread of errors is not counted; the mean alone is reported.
  const value = loss / rows;
  return { value, lower: value, upper: value, rows };
}

const Z = 1.959963984540054;

/** Score interval of a share at 95 % (Wilson 1927). */
export function wilson(hits: number, rows: number): Interval {
  const share = hits / rows;
  const middle = (share + Z ** 2 / (2 * rows)) / (1 + Z ** 2 / rows);
  const half =
    (Z * Math.sqrt((share * (1 - share)) / rows + Z ** 2 / (4 * rows ** 2))) / (1 + Z ** 2 / rows);
  return {
    value: share,
    lower: Math.max(0, middle - half),
    upper: Math.min(1, middle + half),
    rows,
  };
}

export interface Segment {
  /** Place of the category in the signature's list. */
  readonly code: number;
  readonly rows: number;
  readonly realised: Interval | null;
}

/** By category of one feature, most rows first; categories without rows are left out. */
export function segmentsOf(
  { target }: Reference,
  { segments }: Pick<Counters, 'segments'>,
  feature: number,
): readonly Segment[] {
  return segments[feature]!.map((counts, code) => ({
    code,
    rows: counts[ROWS]!,
    realised: realised(target.type, counts[KNOWN]!, counts[LOSS]!),
  }))
    .filter(({ rows }) => rows > 0)
    .sort((a, b) => b.rows - a.rows || a.code - b.code);
}

/** Whether the ground truth confirms the estimate: enough rows, and the estimate within the interval of the reports. */
export function confirmationOf({
  estimate,
  realised,
}: Performance): 'confirmed' | 'contradicted' | 'too_few' | 'none' {
  if (estimate === null || realised === null) return 'none';
  if (realised.rows < 30) return 'too_few';
  const isWithin = estimate.value >= realised.lower && estimate.value <= realised.upper;
  return isWithin ? 'confirmed' : 'contradicted';
}
