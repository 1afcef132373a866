// How one column's values are spread over the training rows, from baseline.json.

import {
  equalBins,
  type Bin,
  type Histogram,
  type NumberHistogram,
} from '#contract/model/baseline.ts';
import { chart, type Figure } from '../chart.ts';
import type { NamedPlace, NumberPlace } from '../places.ts';
import { count, percent, plural, quantity, withUnit } from '../words.ts';
import { bars } from './bars.ts';

const BINS = 30;
/** Whole numbers over a range up to this have a bar each. */
const WHOLE_RANGE = 40;
const SHOWN = 25;

export interface NumberHistogramOptions {
  /** Of the file. */
  readonly name: string;
  readonly label: string;
  readonly unit: string | null;
  /** Smallest and largest value; null where only the histogram says how far it goes. */
  readonly range: Pick<NumberPlace, 'minimum' | 'maximum'> | null;
  /** Of every row, where they are at hand; NaN where missing. */
  readonly values: ArrayLike<number> | null;
}

/** Null where there is but one value. Without the rows their bins are those of baseline.json, which are wide in the tails. */
export function numberHistogram(
  histogram: NumberHistogram,
  { name, label, unit, range, values }: NumberHistogramOptions,
): Figure | null {
  const known = Float64Array.from(values ?? []).filter((value) => !Number.isNaN(value));
  const reach =
    known.length > 0 ? { minimum: known.reduce(least), maximum: known.reduce(most) } : range;
  const bins = binsOf(histogram, { known, reach: reach ?? reachOf(histogram) });
  if (bins.length === 0) return null;
  const rows = histogram.counts.reduce((sum, count) => sum + count, 0);
  const { missing, mean, sd } = histogram;
  const caption = [
    reach === null
      ? `${label} has`
      : `${label} goes from ${quantity(reach.minimum)} to ${quantity(reach.maximum, unit)}, with`,
    `a mean of ${quantity(mean, unit)} and a standard deviation of ${quantity(sd, unit)}.`,
    missingText(missing, rows + missing),
    known.length > 0 ? '' : 'Within a twentieth of the rows they are taken to lie evenly.',
  ];
  return chart({
    name,
    title: `Distribution of ${label}`,
    caption: caption.filter(Boolean).join(' '),
    height: 220,
    draw: (plot) => ({
      marginLeft: 60,
      marginRight: 28,
      marginBottom: 44,
      marginTop: 26,
      x: {
        label: withUnit(label, unit),
        labelAnchor: 'center',
        labelArrow: 'none',
        ticks: 8,
        tickFormat: (value: number) => quantity(value),
      },
      y: { label: 'rows', labelArrow: 'none', grid: true, ticks: 4, tickFormat: count, nice: true },
      marks: [
        plot.rectY(bins, { x1: 'x1', x2: 'x2', y: 'rows', fill: 'var(--bar)', inset: 0.5 }),
        plot.ruleY([0], { stroke: 'var(--line-strong)' }),
      ],
    }),
  });
}

type Reach = Pick<NumberPlace, 'minimum' | 'maximum'>;

/** Of the rows where they are known, of the file's bins otherwise; whole numbers over a short range have a bin each. */
function binsOf(
  { edges, counts }: NumberHistogram,
  { known, reach }: { readonly known: Float64Array; readonly reach: Reach },
): readonly Bin[] {
  const { minimum, maximum } = reach;
  const isWhole =
    [minimum, maximum, ...edges, ...known].every(Number.isInteger) &&
    maximum - minimum < WHOLE_RANGE;
  const range = isWhole
    ? { minimum, maximum: maximum + 1, bins: maximum - minimum + 1 }
    : { minimum, maximum, bins: BINS };
  const bins = equalBins({ edges, counts }, range).map((bin) =>
    isWhole ? { ...bin, x1: bin.x1 - 0.5, x2: bin.x2 - 0.5 } : bin,
  );
  if (known.length === 0 || bins.length === 0) return bins;
  const found = new Array<number>(bins.length).fill(0);
  const width = (range.maximum - minimum) / range.bins;
  for (const value of known)
    found[Math.min(Math.floor((value - minimum) / width), bins.length - 1)]!++;
  return bins.map((bin, at) => ({ ...bin, rows: found[at]! }));
}

const least = (a: number, b: number): number => Math.min(a, b);
const most = (a: number, b: number): number => Math.max(a, b);

/** The outermost bins, which have no edge of their own, taken to be as wide as their neighbours. */
function reachOf({ edges, mean }: NumberHistogram): Reach {
  const [first = mean, second = first] = edges;
  const [last = mean, before = last] = [...edges].reverse();
  return { minimum: first - (second - first), maximum: last + (last - before) };
}

export function nameHistogram(place: NamedPlace, histogram: Histogram, name: string): Figure {
  const { names, isOrdered, label } = place;
  const { missing } = histogram;
  const unknown = histogram.type === 'category' ? histogram.unknown : 0;
  const counts = countsOf(place, histogram);
  const known = counts.reduce((sum, rows) => sum + rows, unknown);
  const all = names.map((each, at) => ({ name: each, rows: counts[at] ?? 0 }));
  const sorted = isOrdered ? all : all.sort((a, b) => b.rows - a.rows);
  const shown = sorted.slice(0, SHOWN);
  const rest = sorted.slice(SHOWN);
  const restRows = rest.reduce((sum, { rows }) => sum + rows, unknown);
  const commonest = [...all].sort((a, b) => b.rows - a.rows)[0];
  const caption = [
    `${label} has ${plural(names.length, 'value')}; ${commonest?.name ?? 'none'} is commonest (${percent((commonest?.rows ?? 0) / (known || 1))}).`,
    rest.length > 0 ? `Shown are the ${SHOWN} commonest.` : '',
    unknown > 0 ? `${plural(unknown, 'row')} have one too rare to be known by name.` : '',
    missingText(missing, known + missing),
  ];
  return bars({
    name,
    title: `Distribution of ${label}`,
    caption: caption.filter(Boolean).join(' '),
    bars: [
      ...shown,
      ...(restRows > 0
        ? [
            {
              name: `(${rest.length > 0 ? `${count(rest.length)} others` : 'too rare'})`,
              rows: restRows,
            },
          ]
        : []),
    ],
    total: known || 1,
  });
}

/** Rows by name. What is encoded as a whole number has bins of numbers in the file. */
function countsOf({ names, first }: NamedPlace, histogram: Histogram): readonly number[] {
  if (histogram.type === 'category') return histogram.counts;
  const { edges, counts, mean } = histogram;
  if (names.length === 2) {
    const known = counts.reduce((sum, rows) => sum + rows, 0);
    const later = Math.round(known * (mean - first));
    return [known - later, later];
  }
  const range = { minimum: first, maximum: first + names.length, bins: names.length };
  return equalBins({ edges, counts }, range).map(({ rows }) => Math.round(rows));
}

const missingText = (missing: number, rows: number): string =>
  missing === 0
    ? 'It is never missing.'
    : `It is missing in ${plural(missing, 'row')} (${percent(missing / rows)}).`;
