// The end of an answer's JSON: what was remarkable about its rows. As many as anyone reads; of the others, their number.

import type { Warning } from '#contract/features/encode-row.ts';
import { MAX_WARNINGS } from '../../limits.ts';

/** `,"warnings":[…]` and, where there are more than are listed, `,"more_warnings":…`; nothing where there are none. */
export function formatWarnings(warnings: readonly Warning[]): string {
  if (warnings.length === 0) return '';
  const listed = `,"warnings":${JSON.stringify(warnings.slice(0, MAX_WARNINGS))}`;
  const more = warnings.length - MAX_WARNINGS;
  return more > 0 ? `${listed},"more_warnings":${more}` : listed;
}
