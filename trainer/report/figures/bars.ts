// Bars with a name each and the number behind them: shares of labels and categories, pairs that are confused.

import { chart, TEXT_SIZE, WIDTH, type ChartOptions, type Figure } from '../chart.ts';
import { shorten, textWidth } from '../text-width.ts';
import { count, percent } from '../words.ts';

export interface Bar {
  readonly name: string;
  readonly rows: number;
}

export interface BarsOptions extends Pick<ChartOptions, 'name' | 'title' | 'caption'> {
  /** In the order they are shown. */
  readonly bars: readonly Bar[];
  /** What shares are of; no share is written when not said. */
  readonly total?: number;
  readonly color?: string;
  /** Pixels that names may take; the figure is as much wider as they are. */
  readonly labelWidth?: number;
}

const LABEL_WIDTH = 330;

export function bars({
  bars,
  total,
  color = 'var(--bar)',
  labelWidth = LABEL_WIDTH,
  ...words
}: BarsOptions): Figure {
  const text = ({ rows }: Bar): string =>
    total === undefined ? count(rows) : `${count(rows)} · ${percent(rows / total)}`;
  const label = (name: string): string => shorten(name, labelWidth, TEXT_SIZE);
  const longest = (texts: readonly string[]): number =>
    Math.max(...texts.map((each) => textWidth(each, TEXT_SIZE)));
  const marginLeft = Math.ceil(longest(bars.map(({ name }) => label(name)))) + 12;
  const marginRight = Math.ceil(longest(bars.map(text))) + 14;
  return chart({
    ...words,
    width: WIDTH + labelWidth - LABEL_WIDTH,
    height: bars.length * 24 + 56,
    draw: (plot) => ({
      marginLeft,
      marginRight,
      marginTop: 8,
      marginBottom: 44,
      x: {
        label: 'rows',
        labelAnchor: 'center',
        labelArrow: 'none',
        nice: false,
        grid: true,
        ticks: 5,
        tickFormat: count,
      },
      y: {
        label: null,
        domain: bars.map(({ name }) => name),
        tickSize: 0,
        tickFormat: label,
        padding: 0.2,
      },
      marks: [
        plot.barX(bars, {
          x: 'rows',
          y: 'name',
          fill: color,
          title: (bar: Bar) => `${bar.name}: ${text(bar)}`,
        }),
        plot.text(bars, { x: 'rows', y: 'name', text, textAnchor: 'start', dx: 6 }),
        plot.ruleX([0], { stroke: 'var(--line-strong)' }),
      ],
    }),
  });
}
