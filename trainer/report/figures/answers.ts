// Of a number: what was true where the model answered so and so, and how far answers are off.

import type { Holdout } from '#contract/registry/holdout.ts';
import type { AnswerBin } from '#contract/model/metrics.ts';
import type { NumberTarget } from '#contract/signature.ts';
import { quantile } from '../../select/quantile.ts';
import { chart, WIDTH, type Figure } from '../chart.ts';
import { labelOf, percentTick, plural, quantity, withUnit } from '../words.ts';

const SIZE = 560;
const short = (value: number): string => quantity(value);

export function trueByAnswer({ column, unit }: NumberTarget, bins: readonly AnswerBin[]): Figure {
  const label = labelOf(column, unit);
  const ends = bins.flatMap(({ low, high, answer }) => [low, high, answer]);
  const domain = [Math.min(...ends), Math.max(...ends)];
  const rows = bins.reduce((sum, bin) => sum + bin.rows, 0);
  const off = [...bins].sort(
    (a, b) => Math.abs(b.median - b.answer) - Math.abs(a.median - a.answer),
  )[0]!;
  const direction = off.median > off.answer ? 'too low' : 'too high';
  return chart({
    name: 'true-by-answer',
    title: `True ${label} by what was answered`,
    caption: `${plural(rows, 'held-out row')} in ${plural(bins.length, 'bin')} by answer. The dot is the median of what was true, the line eight of ten rows; right answers lie on the dashed line. Furthest off are answers about ${quantity(off.answer, unit)}: half of them are ${direction} by more than ${quantity(Math.abs(off.median - off.answer), unit)}.`,
    width: SIZE,
    height: 480,
    draw: (plot) => ({
      marginLeft: 84,
      marginRight: 28,
      marginTop: 30,
      marginBottom: 48,
      x: {
        domain,
        nice: true,
        label: withUnit('answer', unit),
        labelAnchor: 'center',
        labelArrow: 'none',
        ticks: 5,
        tickFormat: short,
      },
      y: {
        domain,
        nice: true,
        grid: true,
        label: withUnit(`true ${label}`, unit),
        labelArrow: 'none',
        ticks: 6,
        tickFormat: short,
      },
      marks: [
        plot.link([null], {
          x1: domain[0]!,
          y1: domain[0]!,
          x2: domain[1]!,
          y2: domain[1]!,
          stroke: 'var(--line-strong)',
          strokeDasharray: '5 4',
        }),
        plot.ruleX(bins, {
          x: 'answer',
          y1: 'low',
          y2: 'high',
          stroke: 'var(--bar)',
          strokeWidth: 3,
          strokeOpacity: 0.55,
        }),
        plot.dot(bins, {
          x: 'answer',
          y: 'median',
          r: 5,
          fill: 'var(--bar)',
          stroke: 'var(--surface)',
          title: (bin: AnswerBin) => tip(bin, unit),
        }),
      ],
    }),
  });
}

/** The same rows as errors: what was true less the answer. */
export function residuals({ unit }: NumberTarget, bins: readonly AnswerBin[]): Figure {
  const errors = bins.map(({ rows, answer, low, median, high }) => ({
    rows,
    answer,
    low: low - answer,
    median: median - answer,
    high: high - answer,
  }));
  const [first, last] = [errors[0]!, errors.at(-1)!];
  const spread = ({ low, high }: (typeof errors)[number]): number => high - low;
  const rises = spread(last) > spread(first) ? 'more' : 'less';
  return chart({
    name: 'residuals',
    title: 'Residuals by what was answered',
    caption: `What was true less the answer: above the line answers are too low, below it too high. Eight of ten of the smallest answers are within ${quantity(spread(first), unit)} of each other, of the largest within ${quantity(spread(last), unit)}: errors spread ${rises} where answers are large.`,
    height: 300,
    draw: (plot) => ({
      marginLeft: 84,
      marginRight: 28,
      marginTop: 30,
      marginBottom: 48,
      x: {
        label: withUnit('answer', unit),
        inset: 14,
        labelAnchor: 'center',
        labelArrow: 'none',
        nice: true,
        ticks: 7,
        tickFormat: short,
      },
      y: {
        label: withUnit('true less answer', unit),
        labelArrow: 'none',
        grid: true,
        nice: true,
        ticks: 5,
        tickFormat: short,
      },
      marks: [
        plot.ruleY([0], { stroke: 'var(--line-strong)', strokeDasharray: '5 4' }),
        plot.ruleX(errors, {
          x: 'answer',
          y1: 'low',
          y2: 'high',
          stroke: 'var(--bar)',
          strokeWidth: 3,
          strokeOpacity: 0.55,
        }),
        plot.dot(errors, {
          x: 'answer',
          y: 'median',
          r: 5,
          fill: 'var(--bar)',
          stroke: 'var(--surface)',
        }),
      ],
    }),
  });
}

/** Share of held-out rows that are off by no more than so much; null where nothing is known. */
export function errorShares({ unit }: NumberTarget, { loss, rows }: Holdout): Figure | null {
  const errors = Float64Array.from(Object.values(rows), Math.sqrt).sort();
  if (loss !== 'squared_error' || errors.length === 0) return null;
  const at = (share: number): number => quantile(errors, share);
  const points = Array.from({ length: 101 }, (_, place) => ({
    share: place / 100,
    error: at(place / 100),
  }));
  const marks = [0.5, 0.9].map((share) => ({
    share,
    error: at(share),
    text: `${percentTick(share)} within ${quantity(at(share), unit)}`,
  }));
  // One row that is far off would press all others to the left.
  const end = Math.min(at(1), at(0.99) * 1.5) || 1;
  return chart({
    name: 'errors',
    title: 'How far answers are off',
    caption: `Half of the ${plural(errors.length, 'held-out row')} are off by no more than ${quantity(at(0.5), unit)}, nine of ten by no more than ${quantity(at(0.9), unit)}; the worst is off by ${quantity(at(1), unit)}.`,
    width: WIDTH,
    height: 300,
    draw: (plot) => ({
      marginLeft: 60,
      marginRight: 28,
      marginTop: 30,
      marginBottom: 48,
      x: {
        domain: [0, end],
        label: withUnit('off by no more than', unit),
        labelAnchor: 'center',
        labelArrow: 'none',
        ticks: 7,
        tickFormat: short,
      },
      y: {
        domain: [0, 1],
        label: 'rows',
        labelArrow: 'none',
        grid: true,
        ticks: 5,
        tickFormat: percentTick,
      },
      marks: [
        plot.areaY(
          points.filter(({ error }) => error <= end),
          { x: 'error', y: 'share', fill: 'var(--bar)', fillOpacity: 0.18 },
        ),
        plot.line(
          points.filter(({ error }) => error <= end),
          { x: 'error', y: 'share', stroke: 'var(--bar)', strokeWidth: 2.5 },
        ),
        plot.dot(marks, {
          x: 'error',
          y: 'share',
          r: 5,
          fill: 'var(--bar)',
          stroke: 'var(--surface)',
        }),
        plot.text(marks, {
          x: 'error',
          y: 'share',
          text: 'text',
          textAnchor: 'start',
          dx: 10,
          dy: 14,
        }),
        plot.ruleY([0], { stroke: 'var(--line-strong)' }),
      ],
    }),
  });
}

const tip = ({ rows, answer, low, median, high }: AnswerBin, unit: string | null): string =>
  `${plural(rows, 'row')} with answers about ${quantity(answer, unit)}: median ${quantity(median, unit)}, eight of ten from ${quantity(low)} to ${quantity(high, unit)}`;
