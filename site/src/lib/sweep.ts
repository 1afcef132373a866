// What would change the answer: one feature over all it can be, everything else as it is.

import type { RowValue } from '#contract/features/cell.ts';
import type { ClassPrediction, NumberPrediction } from '#contract/predict.ts';
import type { Feature } from '#contract/signature.ts';
import type { Row } from './draft.ts';
import { stopsOf } from './slider.ts';

type Prediction = ClassPrediction | NumberPrediction;

/** Values of a curve; a tree changes at so few places that more would draw the same. */
const POINTS = 61;
/** Categories that can be told apart in a list. */
const CATEGORIES = 60;
const DAY = 86_400_000;

/** The values of a feature that are asked for, in order: its range in equal steps, or its categories by name. */
export function sweepValues(feature: Feature): readonly RowValue[] {
  switch (feature.type) {
    case 'boolean':
      return [true, false];
    case 'category':
      return feature.categories.toSorted((a, b) => a.localeCompare(b)).slice(0, CATEGORIES);
    case 'number': {
      const { minimum, maximum, step } = stopsOf(feature.minimum, feature.maximum);
      const stops = Math.round((maximum - minimum) / step);
      const count = Math.min(POINTS - 1, Math.max(stops, 1));
      const values = Array.from({ length: count + 1 }, (_, at) =>
        Number((minimum + Math.round((at * stops) / count) * step).toPrecision(12)),
      );
      return [...new Set(values)];
    }
    case 'date': {
      const [from, to] = [Date.parse(feature.minimum), Date.parse(feature.maximum)];
      const days = Math.round((to - from) / DAY);
      const count = Math.min(POINTS - 1, Math.max(days, 1));
      const texts = Array.from({ length: count + 1 }, (_, at) =>
        new Date(from + Math.round((at * days) / count) * DAY).toISOString().slice(0, 10),
      );
      return [...new Set(texts)];
    }
  }
}

export const sweepRows = (row: Row, feature: Feature): readonly Row[] =>
  sweepValues(feature).map((value) => ({ ...row, [feature.name]: value }));

export interface Stretch {
  /** First and last value of neighbours with one answer. */
  readonly from: RowValue;
  readonly to: RowValue;
  readonly label: string;
}

/** Neighbouring values with the same label, in order. */
export function stretchesOf(
  values: readonly RowValue[],
  predictions: readonly Prediction[],
): readonly Stretch[] {
  const stretches: { from: RowValue; to: RowValue; label: string }[] = [];
  predictions.forEach((prediction, at) => {
    if (!('label' in prediction)) return;
    const value = values[at] ?? null;
    const last = stretches.at(-1);
    if (last?.label === prediction.label) last.to = value;
    else stretches.push({ from: value, to: value, label: prediction.label });
  });
  return stretches;
}

export interface CurvePoint {
  readonly x: number;
  readonly y: number;
  readonly label: string;
}

/** Curves to draw: of the labels that are likeliest somewhere, then likeliest at all, at most `most`; or of the number. */
export function curvesOf(
  values: readonly number[],
  predictions: readonly Prediction[],
  most: number,
): readonly CurvePoint[] {
  const peaks = new Map<string, number>();
  for (const prediction of predictions)
    if ('label' in prediction)
      for (const [label, share] of Object.entries(prediction.probabilities))
        peaks.set(label, Math.max(peaks.get(label) ?? 0, share));
  const labels = [...peaks].sort((a, b) => b[1] - a[1]).slice(0, most);
  return predictions.flatMap((prediction, at) => {
    const x = values[at] ?? NaN;
    if (!('label' in prediction)) return [{ x, y: prediction.value, label: '' }];
    return labels.map(([label]) => ({ x, y: prediction.probabilities[label] ?? 0, label }));
  });
}
