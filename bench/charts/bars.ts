// One row at 16 connections: CPU per request and requests per second of each server, as bars.

import { figure } from '../format.ts';
import { GHARIAL, type Results } from '../results.ts';
import type { Measurement } from '../rounds.ts';
import { ONE_ROW_16 } from '../scenarios.ts';
import { document, rect, text } from './svg.ts';

const NAMES = 190;
const WIDTH = 260;
const PANEL = WIDTH + 90;
const ROW = 26;
const TOP = 34;

const PANELS: readonly {
  readonly title: string;
  read(found: Measurement): number | undefined;
}[] = [
  {
    title: 'CPU per request, µs (less is better)',
    read: ({ cpu_per_request }) => cpu_per_request?.median,
  },
  {
    title: 'requests per second (more is better)',
    read: ({ requests_per_second }) => requests_per_second.median,
  },
];

export function barChart({ measurements }: Results): string {
  const found = measurements.filter(({ scenario }) => scenario === ONE_ROW_16);
  const names = found.map(({ server }, index) =>
    text(NAMES - 8, TOP + index * ROW + 14, server, { anchor: 'end' }),
  );
  const panels = PANELS.map(({ title, read }, panel) => {
    const left = NAMES + panel * PANEL;
    const most = Math.max(...found.map((measurement) => read(measurement) ?? 0));
    const bars = found.flatMap((measurement, index) => {
      const value = read(measurement);
      if (value === undefined) return [];
      const top = TOP + index * ROW;
      const width = (value / most) * WIDTH;
      const style = measurement.server === GHARIAL ? 'own' : 'bar';
      return [rect(left, top, width, 18, style), text(left + width + 6, top + 14, figure(value))];
    });
    return [text(left, 18, title, { style: 'title' }), ...bars].join('\n');
  });
  const title = 'One row, 16 connections: CPU per request and requests per second';
  const height = TOP + found.length * ROW + 8;
  return document(NAMES + 2 * PANEL, height, title, [...names, ...panels].join('\n'));
}
