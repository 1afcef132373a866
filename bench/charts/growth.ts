// How the cost grows: a column for each curve; CPU per request, the first request, memory; on logarithmic axes.

import { figure } from '../format.ts';
import type { Curve, Point } from '../growth.ts';
import { document, dot, line, text } from './svg.ts';

const PANEL = 220;
const WIDTH = 160;
const HEIGHT = 110;
const LEFT = 40;
const TOP = 56;
const GAP = 86;

const ROWS: readonly {
  readonly title: string;
  readonly unit: 'ms' | 'MB';
  /** Where the free plan ends, in the same unit. */
  readonly limit: number | null;
  read(point: Point): number | null;
}[] = [
  {
    title: 'CPU per request, ms',
    unit: 'ms',
    limit: 10,
    read: ({ cpu_per_request }) => (cpu_per_request === null ? null : cpu_per_request / 1_000),
  },
  {
    title: 'first request, ms',
    unit: 'ms',
    limit: null,
    read: ({ first_request }) => first_request,
  },
  {
    title: 'memory of the isolate, MB',
    unit: 'MB',
    limit: 128,
    read: ({ held }) => held / 1e6,
  },
];

export function growthChart(curves: readonly Curve[]): string {
  const panels = ROWS.flatMap((row, level) =>
    curves.map((curve, column) => {
      const origin = [LEFT + column * PANEL, TOP + level * (HEIGHT + GAP)] as const;
      return panel(curve, row, origin);
    }),
  );
  const width = LEFT + curves.length * PANEL + 20;
  return document(
    width,
    TOP + ROWS.length * (HEIGHT + GAP),
    'How the cost grows',
    panels.join('\n'),
  );
}

function panel(
  { name, points }: Curve,
  { title, unit, limit, read }: (typeof ROWS)[number],
  [left, top]: readonly [number, number],
): string {
  const known = points.flatMap((point) => {
    const value = read(point);
    return value === null ? [] : [{ at: point.at, value }];
  });
  if (known.length === 0) return '';
  const values = [...known.map(({ value }) => value), ...(limit === null ? [] : [limit])];
  const x = scale(
    known.map(({ at }) => at),
    left,
    left + WIDTH,
  );
  const y = scale(values, top + HEIGHT, top);
  const places = known.map(({ at, value }) => [x(at), y(value)] as const);
  const marks = known.flatMap(({ at, value }, index) => {
    const [across, up] = places[index]!;
    return [
      dot(across, up),
      text(across, up - 7, figure(value), { anchor: 'middle' }),
      text(across, top + HEIGHT + 16, figure(at), { anchor: 'middle', style: 'mute' }),
    ];
  });
  const bound =
    limit === null
      ? []
      : [
          line(
            [
              [left, y(limit)],
              [left + WIDTH, y(limit)],
            ],
            'limit',
          ),
          text(left + WIDTH, y(limit) - 4, `${limit} ${unit}`, { anchor: 'end', style: 'mute' }),
        ];
  return [
    text(left - 8, top - 38, name, { style: 'title' }),
    text(left - 8, top - 24, title, { style: 'mute' }),
    line(
      [
        [left, top + HEIGHT],
        [left + WIDTH, top + HEIGHT],
      ],
      'axis',
    ),
    ...bound,
    line(places, 'line'),
    ...marks,
  ].join('\n');
}

/** Logarithmic, from the least to the greatest of `values`. */
function scale(values: readonly number[], from: number, to: number): (value: number) => number {
  const most = Math.max(...values);
  // A decade at least, so that a little more does not look like a lot.
  const [low, high] = [Math.log(Math.min(...values, most / 10)), Math.log(most)];
  const span = high === low ? 1 : high - low;
  return (value) => from + ((Math.log(value) - low) / span) * (to - from);
}
