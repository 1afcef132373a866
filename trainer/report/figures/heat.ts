// A grid of shares or counts: names down, names along, the darker the more.

import { chart, TEXT_SIZE, type ChartOptions, type Figure } from '../chart.ts';
import { shorten, textWidth } from '../text-width.ts';

export interface Cell {
  readonly row: string;
  readonly column: string;
  /** 0 to 1: how dark. */
  readonly share: number;
  /** What stands in it; empty for nothing. */
  readonly text: string;
  readonly tip: string;
  readonly color?: string;
}

export interface HeatOptions extends Pick<ChartOptions, 'name' | 'title' | 'caption'> {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly cells: readonly Cell[];
  readonly rowLabel: string;
  readonly columnLabel: string;
}

const LABEL_WIDTH = 330;
const ROW_HEIGHT = 26;
/** Pixels of a grid of few columns. */
const ROOM = 600;
const NARROWEST = 38;
const WIDEST = 64;
/** Column names lean by this many degrees. */
const LEAN = 38;

export function heat({
  rows,
  columns,
  cells,
  rowLabel,
  columnLabel,
  ...words
}: HeatOptions): Figure {
  const short = (name: string): string => shorten(name, LABEL_WIDTH, TEXT_SIZE);
  const widest = (names: readonly string[]): number =>
    Math.max(...names.map((name) => textWidth(short(name), TEXT_SIZE)));
  const [rowNames, columnNames] = [widest(rows), widest(columns)];
  const room = Math.floor(ROOM / columns.length);
  // Names that fit above each other's cells stay level.
  const isLevel = columnNames + 12 <= room;
  const cellWidth = isLevel
    ? Math.ceil(Math.max(columnNames + 12, Math.min(WIDEST, room)))
    : Math.max(NARROWEST, Math.min(WIDEST, room));
  const lean = isLevel ? 0 : (LEAN * Math.PI) / 180;
  const marginLeft = Math.ceil(rowNames) + 34;
  // The first column's name leans to the left of the grid, by as much as it is longer than the row names.
  const overhang = isLevel ? 0 : columnNames * Math.cos(lean) - marginLeft - cellWidth / 2 + 16;
  const left = Math.ceil(marginLeft + Math.max(0, overhang));
  const marginBottom = Math.ceil(columnNames * Math.sin(lean)) + 52;
  const marginTop = 14;
  const width = Math.max(left + columns.length * cellWidth + 24, 420);
  const height = marginTop + rows.length * ROW_HEIGHT + marginBottom;
  return chart({
    ...words,
    width,
    height,
    draw: (plot) => ({
      marginLeft: left,
      marginRight: width - left - columns.length * cellWidth,
      marginTop,
      marginBottom,
      x: {
        domain: columns,
        label: null,
        tickFormat: short,
        tickRotate: isLevel ? 0 : -LEAN,
        tickSize: 0,
        padding: 0.06,
      },
      y: { domain: rows, label: null, tickFormat: short, tickSize: 0, padding: 0.08 },
      marks: [
        plot.cell(
          rows.flatMap((row) => columns.map((column) => ({ row, column }))),
          { x: 'column', y: 'row', fill: 'var(--line)', fillOpacity: 0.4 },
        ),
        plot.cell(cells, {
          x: 'column',
          y: 'row',
          fill: ({ color }: Cell) => color ?? 'var(--heat)',
          fillOpacity: 'share',
          title: 'tip',
        }),
        plot.text(cells, {
          x: 'column',
          y: 'row',
          text: 'text',
          fill: 'var(--ink)',
          fontSize: 12,
        }),
        plot.text([columnLabel], {
          frameAnchor: 'bottom',
          dy: marginBottom - 12,
          fill: 'var(--ink-soft)',
        }),
        plot.text([rowLabel], {
          frameAnchor: 'left',
          textAnchor: 'middle',
          rotate: -90,
          dx: -left + 16,
          fill: 'var(--ink-soft)',
        }),
      ],
      color: { type: 'identity' },
      opacity: { type: 'identity' },
    }),
  });
}
