// Figures as a reader likes them.

import type { Spread } from './statistics.ts';

/** Three significant digits, thousands parted. */
export function figure(value: number): string {
  if (Math.abs(value) >= 1_000) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(3)));
}

export const range = ({ median, low, high }: Spread): string =>
  `${figure(median)} (${figure(low)} to ${figure(high)})`;

export const megabytes = (bytes: number): string => `${figure(bytes / 1e6)} MB`;

/** A table in Markdown. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
