// What the trainer says at the end: the metrics beside the dummy's, what was published, and what to type next.

import { relative } from 'node:path';
import Table from 'cli-table3';
import pc from 'picocolors';
import { CHAMPION } from '#contract/registry/aliases.ts';
import { objections, type Verdict } from '#contract/registry/gate.ts';
import type { Manifest } from '#contract/manifest.ts';
import type { Metrics, Spread } from '#contract/model/metrics.ts';
import { candidateRemark, candidateText } from '../spec/candidate-text.ts';
import { METRICS, spreadText } from '#contract/model/metric-words.ts';
import type { Release } from '../pack/publish.ts';

export interface Places {
  /** Where the version is. */
  readonly registry: string;
  /** Path of its report; null when it could not be written. */
  readonly report: string | null;
}

export function releaseText(
  { manifest, added, champion, verdict }: Release,
  { registry, report }: Places,
): string {
  const { model, version, metrics } = manifest;
  const what = added ? 'published' : 'already published as';
  const other = champion === null ? 'no version' : `version ${champion}`;
  const role = champion === version ? `is ${CHAMPION}` : `is not ${CHAMPION}: ${other} is`;
  return [
    '',
    ...candidateLines(metrics),
    metricsTable(metrics.model, metrics.dummy),
    `${what} ${pc.bold(`${model} version ${version}`)} in ${registry}; it ${role}`,
    ...gateLines(manifest, verdict),
    `next: ${pc.bold('npm start')} serves it on http://localhost:8787 (a running one takes it up by itself)`,
    ...(report === null
      ? []
      : [`      ${pc.bold(shown(report))} is its report: figures, to open in a browser`]),
    '',
  ].join('\n');
}

/** Why the gate stayed closed, and what a person may type who knows better. */
function gateLines({ model, version }: Manifest, verdict: Verdict | null): string[] {
  if (verdict === null || verdict.passed) return [];
  return [
    `the gate is closed to it: ${objections(verdict).join('; ')}`,
    `to promote it all the same: ${pc.bold(`npm run promote -- ${model} ${version} --override "why"`)}`,
  ];
}

/** The candidates beside the dummy, the one taken first and then the best; nothing where there was no choice. */
function candidateLines({ selection, dummy }: Metrics): string[] {
  if (selection === undefined || selection.candidates.length === 1) return [];
  const { metric, candidates, inner_folds } = selection;
  const { title, better } = METRICS[metric] ?? { title: metric, better: '' };
  const table = new Table({
    head: ['candidate', `${title} (${better} is better)`, ''],
    style: { head: [], border: [] },
    colAligns: ['left', 'right', 'left'],
  });
  candidates.forEach((candidate, place) => {
    const others = candidates.filter(({ algorithm }) => algorithm === candidate.algorithm);
    const differs = (name: string): boolean =>
      others.some(({ parameters }) => parameters[name] !== candidate.parameters[name]);
    table.push([
      candidateText(candidate, differs),
      spreadText(candidate.score),
      candidateRemark(candidates, place),
    ]);
  });
  table.push(['dummy', spreadText(dummy[metric]!), '']);
  return [
    table.toString(),
    `The version's own figures are those of the whole procedure: in each fold a candidate is chosen by ${inner_folds} inner folds.`,
    'Of candidates that are as good as the best, within one standard error, the smallest is taken.',
  ];
}

type Spreads = Readonly<Record<string, Spread>>;

function metricsTable(model: Spreads, dummy: Spreads): string {
  const table = new Table({
    head: ['', 'model', 'dummy', 'better'],
    style: { head: [], border: [] },
    colAligns: ['left', 'right', 'right', 'left'],
  });
  for (const name of Object.keys(model)) {
    const { title, better } = METRICS[name] ?? { title: name, better: '' };
    table.push([title, spreadText(model[name]!), spreadText(dummy[name]!), better]);
  }
  return table.toString();
}

/** As it would be typed here. */
function shown(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? path : near;
}
