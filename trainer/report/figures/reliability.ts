// Whether the model is right as often as it is sure: each bin of held-out rows beside the diagonal, and how many rows it has.

import type { ReliabilityBin } from '#contract/model/metrics.ts';
import { chart, type Figure } from '../chart.ts';
import { count, percent, percentTick, plural } from '../words.ts';

const WIDTH = 560;
/** Pixels of the plot above, and of the strip of counts below it. */
const HEIGHT = 470;

/** Null without a row. */
export function reliability(bins: readonly ReliabilityBin[]): Figure | null {
  const filled = bins.filter(({ rows }) => rows > 0);
  if (filled.length === 0) return null;
  const most = Math.max(...filled.map(({ rows }) => rows));
  // Counts are drawn below the curve, in a strip of their own that ends under 0.
  const strip = ({ rows }: ReliabilityBin): number => STRIP_BOTTOM + (rows / most) * STRIP_HEIGHT;
  const middle = ({ lower, upper }: ReliabilityBin): number => (lower + upper) / 2;
  return chart({
    name: 'reliability',
    title: 'Reliability diagram',
    caption: captionOf(filled),
    width: WIDTH,
    height: HEIGHT,
    draw: (plot) => ({
      marginLeft: 64,
      marginRight: 24,
      marginTop: 16,
      marginBottom: 48,
      x: {
        domain: [0, 1],
        label: 'how sure the model is (largest probability)',
        labelAnchor: 'center',
        labelArrow: 'none',
        tickFormat: percentTick,
        ticks: 6,
      },
      y: { domain: [STRIP_BOTTOM, 1], axis: null },
      r: { type: 'identity' },
      marks: [
        plot.axisY([0, 0.2, 0.4, 0.6, 0.8, 1], { tickFormat: percentTick, label: null }),
        plot.gridY([0, 0.2, 0.4, 0.6, 0.8, 1], { stroke: 'var(--line)', strokeOpacity: 1 }),
        plot.text(['how often it is right'], {
          frameAnchor: 'left',
          textAnchor: 'middle',
          rotate: -90,
          dx: -50,
          dy: -50,
        }),
        plot.text(['rows'], {
          frameAnchor: 'bottom-left',
          textAnchor: 'end',
          dx: -8,
          dy: -4,
          fill: 'var(--ink-soft)',
        }),
        plot.link([null], {
          x1: 0,
          y1: 0,
          x2: 1,
          y2: 1,
          stroke: 'var(--line-strong)',
          strokeDasharray: '5 4',
        }),
        plot.link(filled, {
          x1: 'confidence',
          y1: 'confidence',
          x2: 'confidence',
          y2: 'accuracy',
          stroke: 'var(--other)',
          strokeWidth: 2,
        }),
        plot.line(filled, {
          x: 'confidence',
          y: 'accuracy',
          stroke: 'var(--bar)',
          strokeWidth: 1.5,
        }),
        plot.dot(filled, {
          x: 'confidence',
          y: 'accuracy',
          r: ({ rows }: ReliabilityBin) => 3.5 + 5.5 * Math.sqrt(rows / most),
          fill: 'var(--bar)',
          stroke: 'var(--surface)',
          title: tip,
        }),
        plot.rect(filled, {
          x1: 'lower',
          x2: 'upper',
          y1: STRIP_BOTTOM,
          y2: strip,
          fill: 'var(--line-strong)',
          fillOpacity: 0.5,
          insetLeft: 1,
          insetRight: 1,
        }),
        plot.text(filled, {
          x: middle,
          y: strip,
          text: ({ rows }: ReliabilityBin) => count(rows),
          dy: -7,
          fontSize: 11,
          fill: 'var(--ink-soft)',
        }),
      ],
    }),
  });
}

const STRIP_BOTTOM = -0.32;
const STRIP_HEIGHT = 0.2;

const tip = ({ rows, confidence, accuracy }: ReliabilityBin): string =>
  `${plural(rows, 'row')}: sure to ${percent(confidence)}, right in ${percent(accuracy)}`;

function captionOf(bins: readonly ReliabilityBin[]): string {
  const total = bins.reduce((sum, { rows }) => sum + rows, 0);
  const gap = (bin: ReliabilityBin): number => Math.abs(bin.accuracy - bin.confidence);
  const error = bins.reduce((sum, bin) => sum + gap(bin) * bin.rows, 0) / total;
  const surest = bins.at(-1)!;
  return [
    `A model that is as right as it is sure lies on the dashed line; here the two are ${percent(error)} apart on average over ${plural(total, 'held-out row')}.`,
    `It is surer than ${percentTick(surest.lower)} of ${plural(surest.rows, 'row')}, and right about ${percent(surest.accuracy)} of them. Larger dots stand for more rows.`,
  ].join(' ');
}
