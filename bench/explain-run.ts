// What explaining a row costs: every feature's contribution to every output, in node. The Worker runs the same code.

import { createExplainer } from '#contract/explain/explainer.ts';
import type { Subject } from './prepare.ts';
import { encodedRows } from './scenarios.ts';
import { spreadOf } from './statistics.ts';

const ROWS = 1_000;
const ROUNDS = 7;

/** Microseconds of CPU a row, the median of some rounds. */
export function explainMicroseconds({ manifest, ensemble }: Subject): number {
  const explainer = createExplainer(ensemble, manifest.signature);
  const { features, outputs } = explainer;
  const rows = encodedRows(manifest, ROWS);
  const into = new Float64Array(features * outputs);
  const times = Array.from({ length: ROUNDS }, () => {
    const started = process.cpuUsage();
    for (let row = 0; row < ROWS; row++) explainer.explain(rows, row * features, into);
    const { user, system } = process.cpuUsage(started);
    return (user + system) / ROWS;
  });
  return spreadOf(times).median;
}
