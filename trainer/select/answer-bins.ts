// Of a number: what was true where the model answered so and so. What the reliability bins are for labels.

import type { AnswerBin } from '#contract/model/metrics.ts';
import { mean, type Answers } from './metrics.ts';
import { quantile } from './quantile.ts';
import type { NumberColumn } from '../table/table.ts';

const BINS = 10;
/** A quantile of fewer rows is no more than one of them. */
const FEWEST_ROWS = 5;

/** `target` has a value for each answer. Equal answers may part: rows are cut by rank. */
export function answerBins({ values }: NumberColumn, answers: Answers): readonly AnswerBin[] {
  const rows = answers.map((answer, row) => ({ answer: answer[0]!, value: values[row]! }));
  rows.sort((a, b) => a.answer - b.answer || a.value - b.value);
  const bins = Math.max(1, Math.min(BINS, Math.floor(rows.length / FEWEST_ROWS)));
  return Array.from({ length: bins }, (_, bin) => {
    const within = rows.slice(cut(rows.length, bin, bins), cut(rows.length, bin + 1, bins));
    const truth = Float64Array.from(within, ({ value }) => value).sort();
    return {
      rows: within.length,
      answer: mean(within.map(({ answer }) => answer)),
      low: quantile(truth, 0.1),
      median: quantile(truth, 0.5),
      high: quantile(truth, 0.9),
    };
  });
}

const cut = (rows: number, bin: number, bins: number): number => Math.round((rows * bin) / bins);
