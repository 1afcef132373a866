// A version's report: what is known of it → files by name.

import { page } from './page.ts';
import { sectionsOf } from './sections.ts';
import type { ReportSource } from './source.ts';

export const INDEX = 'index.html';

/** The page, and each of its figures as a file of its own. The same source gives the same bytes. */
export function reportFiles(source: ReportSource): Readonly<Record<string, string>> {
  const { manifest, table } = source;
  const sections = sectionsOf(source);
  const figures = sections.flatMap((section) => section.figures);
  return {
    [INDEX]: page({ manifest, sections, hasRows: table !== null }),
    ...Object.fromEntries(figures.map(({ name, svg }) => [`${name}.svg`, svg])),
  };
}
