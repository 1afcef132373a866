// How the metric grows with the rows that are learned from, and whether more of them would help.

import type { LearningCurve, Spread } from '#contract/model/metrics.ts';
import { chart, type Figure } from '../chart.ts';
import {
  count,
  metricBetter,
  metricTitle,
  metricUnit,
  plural,
  quantity,
  withUnit,
} from '../words.ts';

/** `dummy` is the metric of the dummy; null where nobody measured it. */
export function learning(
  { metric, points }: LearningCurve,
  { dummy, unit }: { readonly dummy: Spread | null; readonly unit: string | null },
): Figure | null {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || points.length < 2) return null;
  const title = metricTitle(metric);
  const marks = points.map(({ rows, score }) => ({
    rows,
    mean: score.mean,
    low: score.mean - score.sd,
    high: score.mean + score.sd,
  }));
  const highest = Math.max(...marks.map(({ high }) => high));
  const isDummyNear = dummy !== null && dummy.mean <= highest * 1.6 && dummy.mean >= 0;
  return chart({
    name: 'learning-curve',
    title: 'Learning curve',
    caption: captionOf(points, { metric, dummy, unit }),
    height: 320,
    draw: (plot) => ({
      marginLeft: 76,
      marginRight: 40,
      marginTop: 32,
      marginBottom: 48,
      x: {
        type: 'log',
        axis: null,
      },
      y: {
        label: `${withUnit(title, metricUnit(metric, unit))}, ${metricBetter(metric)} is better`,
        labelArrow: 'none',
        labelAnchor: 'top',
        grid: true,
        nice: true,
        ticks: 6,
        tickFormat: (value: number) => quantity(value),
        zero: metricBetter(metric) === 'lower',
      },
      marks: [
        plot.axisX(
          points.map(({ rows }) => rows),
          {
            label: 'training rows',
            labelAnchor: 'center',
            labelArrow: 'none',
            // A tick format would leave out what is no round number on a log scale.
            text: count,
          },
        ),
        plot.areaY(marks, {
          x: 'rows',
          y1: 'low',
          y2: 'high',
          fill: 'var(--bar)',
          fillOpacity: 0.16,
        }),
        plot.line(marks, { x: 'rows', y: 'mean', stroke: 'var(--bar)', strokeWidth: 2.5 }),
        plot.dot(marks, {
          x: 'rows',
          y: 'mean',
          r: 4.5,
          fill: 'var(--bar)',
          stroke: 'var(--surface)',
        }),
        ...(isDummyNear
          ? [
              plot.ruleY([dummy.mean], {
                stroke: 'var(--other)',
                strokeDasharray: '6 4',
                strokeWidth: 2,
              }),
              plot.text([`dummy: ${quantity(dummy.mean)}`], {
                y: dummy.mean,
                frameAnchor: 'right',
                textAnchor: 'end',
                dy: -11,
                fill: 'var(--ink)',
              }),
            ]
          : []),
      ],
    }),
  });
}

function captionOf(
  points: LearningCurve['points'],
  { metric, dummy, unit }: { metric: string; dummy: Spread | null; unit: string | null },
): string {
  const [first, before, last] = [points[0]!, points.at(-2)!, points.at(-1)!];
  const say = (value: number): string =>
    quantity(Number(value.toPrecision(3)), metricUnit(metric, unit));
  const gain = (metricBetter(metric) === 'lower' ? 1 : -1) * (before.score.mean - last.score.mean);
  const verdict =
    gain > last.score.sd / 2
      ? 'The last step still gained: more rows would help.'
      : 'The last step gained less than half of what folds differ by: more of the same rows would help little.';
  return [
    `${metricTitle(metric)} on held-out rows (mean over the folds, the band is one standard deviation either way): ${say(first.score.mean)} from ${plural(first.rows, 'training row')}, ${say(last.score.mean)} from ${plural(last.rows, 'training row')}.`,
    verdict,
    dummy === null ? '' : `The dummy has ${say(dummy.mean)}.`,
  ]
    .filter(Boolean)
    .join(' ');
}
