// What the pipeline looks like while it runs: a line per stage, with a bar where it takes time and there is a terminal.

import { SingleBar } from 'cli-progress';
import pc from 'picocolors';
import type { RunStage, Stage, StageResults } from '../stages.ts';

export interface ScreenOptions {
  readonly out: NodeJS.WriteStream;
  /** How much there is to do, for the stages that take time. */
  readonly totals: Readonly<Partial<Record<Stage, number>>>;
  /** Milliseconds, from any start. */
  readonly now: () => number;
}

type Summaries = { readonly [Name in Stage]: (result: StageResults[Name]) => string };

const SUMMARIES: Summaries = {
  data: ({ rows, schema, sha256 }) =>
    `${count(rows)} rows of ${schema.dataset} (sha256 ${sha256.slice(0, 12)}…)`,
  split: (folds) =>
    `${folds.length} stratified folds of ${count(folds[0]?.heldOut.length ?? 0)} rows`,
  select: (chosen) => `a candidate for each of ${chosen.length} folds, by inner folds`,
  evaluate: ({ metrics, ranking }) =>
    `${ranking.length} ${ranking.length === 1 ? 'candidate' : 'candidates'} on ${metrics.folds} folds, each row held out`,
  fit: ({ candidate, model: { ensemble } }) =>
    `${candidate.algorithm} on all rows, ${count(ensemble.trees.reduce((sum, tree) => sum + tree.mode.length, 0))} nodes`,
  curve: (curve) =>
    curve === null
      ? 'too few rows for a learning curve'
      : `how it learns from ${curve.points.map(({ rows }) => count(rows)).join(', ')} rows`,
  convert: ({ bytes }) => `model.onnx, ${kilobytes(bytes.length)}`,
  verify: ({ rows, label_differences, max_difference }) =>
    `${label_differences} of ${count(rows)} rows differ (largest difference ${max_difference})`,
  pack: ({ files }) => Object.keys(files).join(', '),
  report: ({ figures, without }) =>
    `${figures} figures${without === null ? '' : `, without those that need rows: ${without}`}`,
  publish: ({ manifest, added }) =>
    added ? `version ${manifest.version}` : `already published as version ${manifest.version}`,
};

export function createScreen({ out, totals, now }: ScreenOptions): RunStage {
  return async (name, work) => {
    const started = now();
    const bar = createBar(out, name, totals[name]);
    try {
      const result = await work((done) => bar?.update(done, paceOf(done, now() - started)));
      bar?.stop();
      const took = pc.dim(`${count(Math.round(now() - started))} ms`);
      out.write(`${pc.green('✓')} ${name.padEnd(9)} ${SUMMARIES[name](result)}  ${took}\n`);
      return result;
    } catch (error) {
      bar?.stop();
      out.write(`${pc.red('✗')} ${name}\n`);
      throw error;
    }
  };
}

function createBar(out: NodeJS.WriteStream, name: Stage, total?: number): SingleBar | null {
  if (total === undefined || total === 0 || !out.isTTY) return null;
  const format = `  ${name.padEnd(9)} {bar} {value}/{total}  {rate}/s, {eta_formatted} left`;
  const bar = new SingleBar({ format, stream: out, clearOnComplete: true, hideCursor: true });
  bar.start(total, 0, paceOf(0, 0));
  return bar;
}

/** What is done per second so far. */
function paceOf(done: number, milliseconds: number): { rate: string } {
  const rate = milliseconds === 0 ? 0 : (done / milliseconds) * 1000;
  return { rate: rate < 10 ? rate.toFixed(1) : count(Math.round(rate)) };
}

const count = (value: number): string => value.toLocaleString('en-US');
const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
