// Groups of numbers, a strip each: where the middle half of them lies, and where eight of ten do.

import { quantile } from '../../select/quantile.ts';
import { chart, TEXT_SIZE, type ChartOptions, type Figure } from '../chart.ts';
import { shorten, textWidth } from '../text-width.ts';
import { count, quantity, withUnit } from '../words.ts';

export interface Group {
  readonly name: string;
  /** In any order; missing ones left out. */
  readonly values: readonly number[];
}

export interface StripsOptions extends Pick<ChartOptions, 'name' | 'title' | 'caption'> {
  /** In the order they are shown, each with at least one value. */
  readonly groups: readonly Group[];
  /** Of the numbers. */
  readonly label: string;
  readonly unit: string | null;
}

interface Strip {
  readonly name: string;
  readonly rows: number;
  readonly low: number;
  readonly from: number;
  readonly median: number;
  readonly to: number;
  readonly high: number;
}

const LABEL_WIDTH = 330;

export const stripOf = ({ name, values }: Group): Strip => {
  const ascending = Float64Array.from(values).sort();
  const at = (share: number): number => quantile(ascending, share);
  const rows = values.length;
  return { name, rows, low: at(0.1), from: at(0.25), median: at(0.5), to: at(0.75), high: at(0.9) };
};

export function strips({ groups, label, unit, ...words }: StripsOptions): Figure {
  const strips = groups.map(stripOf);
  const short = (name: string): string => shorten(name, LABEL_WIDTH, TEXT_SIZE);
  const widest = Math.max(...strips.map(({ name }) => textWidth(short(name), TEXT_SIZE)));
  const rowsText = ({ rows }: Strip): string => count(rows);
  const marginRight =
    Math.max(...strips.map((strip) => textWidth(rowsText(strip), TEXT_SIZE)), 40) + 20;
  const tip = (strip: Strip): string =>
    `${strip.name}: median ${quantity(strip.median, unit)}, half from ${quantity(strip.from)} to ${quantity(strip.to)}, eight of ten from ${quantity(strip.low)} to ${quantity(strip.high)}; ${count(strip.rows)} rows`;
  return chart({
    ...words,
    height: strips.length * 22 + 78,
    draw: (plot) => ({
      marginLeft: Math.ceil(widest) + 14,
      marginRight: Math.ceil(marginRight),
      marginTop: 30,
      marginBottom: 44,
      x: {
        label: withUnit(label, unit),
        labelAnchor: 'center',
        labelArrow: 'none',
        grid: true,
        ticks: 7,
        tickFormat: (value: number) => quantity(value),
        nice: true,
      },
      y: {
        label: null,
        domain: strips.map(({ name }) => name),
        tickSize: 0,
        tickFormat: short,
        padding: 0.35,
      },
      marks: [
        plot.ruleY(strips, {
          y: 'name',
          x1: 'low',
          x2: 'high',
          stroke: 'var(--bar)',
          strokeWidth: 2,
        }),
        plot.barX(strips, {
          y: 'name',
          x1: 'from',
          x2: 'to',
          fill: 'var(--bar)',
          title: tip,
          rx: 2,
        }),
        plot.tickX(strips, { y: 'name', x: 'median', stroke: 'var(--surface)', strokeWidth: 2.5 }),
        plot.dot(strips, { y: 'name', x: 'median', r: 2.5, fill: 'var(--ink)' }),
        plot.text(strips, {
          y: 'name',
          text: rowsText,
          frameAnchor: 'right',
          textAnchor: 'end',
          dx: Math.ceil(marginRight) - 8,
          fill: 'var(--ink-soft)',
        }),
        plot.text(['rows'], {
          frameAnchor: 'top-right',
          textAnchor: 'end',
          dx: Math.ceil(marginRight) - 8,
          dy: -18,
          fill: 'var(--ink-soft)',
        }),
      ],
    }),
  });
}
