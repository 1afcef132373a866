// How many rows each label has; of a number: how the target is spread.

import type { Histogram } from '#contract/model/baseline.ts';
import type { ClassTarget, Target } from '#contract/signature.ts';
import type { Figure } from '../chart.ts';
import { labelOf, plural, percent } from '../words.ts';
import { bars } from './bars.ts';
import { numberHistogram } from './histogram.ts';

const SHOWN = 40;

/** `values` are a number's, where the rows are at hand. */
export function balance(
  target: Target,
  histogram: Histogram,
  values: ArrayLike<number> | null,
): Figure | null {
  if (target.type === 'category')
    return histogram.type === 'category' ? labelBalance(target, histogram.counts) : null;
  if (histogram.type !== 'number') return null;
  return numberHistogram(histogram, {
    name: 'target',
    label: labelOf(target.column, target.unit),
    unit: target.unit,
    range: null,
    values,
  });
}

function labelBalance({ labels, column }: ClassTarget, counts: readonly number[]): Figure {
  const total = counts.reduce((sum, rows) => sum + rows, 0);
  const sorted = labels
    .map((name, at) => ({ name, rows: counts[at] ?? 0 }))
    .sort((a, b) => b.rows - a.rows);
  const [most, least] = [sorted[0]!, sorted.at(-1)!];
  const shown = sorted.slice(0, SHOWN);
  const others = sorted.length - shown.length;
  const caption = [
    `${plural(labels.length, 'label')} of ${column} in ${plural(total, 'row')}.`,
    most.rows === least.rows
      ? `Each has ${plural(most.rows, 'row')}.`
      : `${most.name} is commonest (${percent(most.rows / total)}), ${least.name} rarest (${plural(least.rows, 'row')}, ${percent(least.rows / total)}).`,
    others === 0
      ? ''
      : `Shown are the ${SHOWN} commonest; ${plural(others, 'label')} more have fewer rows.`,
  ];
  return bars({
    name: 'class-balance',
    title: 'Rows of each label',
    caption: caption.filter(Boolean).join(' '),
    bars: shown,
    total,
  });
}
