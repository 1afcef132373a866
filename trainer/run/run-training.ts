// One run of the pipeline with a screen around it: what the command line starts.

import pc from 'picocolors';
import { asTabular, type TabularManifest } from '#contract/manifest.ts';
import type { ObjectStore } from '#contract/registry/object-store.ts';
import type { Sign } from '#contract/registry/signing.ts';
import type { ModelSpec } from '#contract/spec.ts';
import { readInputs, type RunAsked } from './inputs.ts';
import { findRun, keepRun } from './known-run.ts';
import { curveTasks } from '../select/learning-curve.ts';
import { train } from '../pipeline.ts';
import { provenanceOf, type Provenance } from './provenance.ts';
import { offer, type Release } from '../pack/publish.ts';
import { quickSpec } from '../spec/quick-spec.ts';
import { recordTraining } from './record-stage.ts';
import { signerOf } from '#contract/registry/signing-keys.ts';
import { releaseText } from './release-text.ts';
import { writeReport } from '../report/run.ts';
import { createScreen } from './screen.ts';
import { taskCounts } from '../select/select.ts';
import type { RunStage } from '../stages.ts';

export interface TrainingRun extends RunAsked {
  readonly store: ObjectStore;
  /** Folds that are worked on at a time. */
  readonly threads: number;
  /** Whether to train though a version of equal inputs is there. */
  readonly force: boolean;
  /** Holds a folder per model. */
  readonly reports: string;
  readonly json: boolean;
}

/** Progress goes to stderr when the answer on stdout is JSON. */
export async function runTraining(run: TrainingRun): Promise<void> {
  const { root, store, quick, json } = run;
  const out = json ? process.stderr : process.stdout;
  process.once('SIGINT', stop);
  const provenance = await provenanceOf(root);
  const sign = await signerOf(process.env);
  const createdAt = new Date();
  const spec = quick ? quickSpec(run.spec) : run.spec;
  const totals = { ...taskCounts(spec), curve: curveTasks(spec), verify: run.parityRows };
  const stage = createScreen({ out, totals, now: () => performance.now() });
  const inputs = await readInputs(run, provenance.tools);
  const known = run.force ? null : await findRun(store, run.spec.model, inputs);
  // A version that nobody signed is published anew by who can.
  const isCurrent = known !== null && (sign === undefined || known.signed !== undefined);
  if (isCurrent) out.write(upToDateText(known));
  const released = isCurrent
    ? await offer(store, { manifest: known, added: false }, createdAt.toISOString())
    : await trainAnew(run, { spec, stage, provenance, sign, createdAt });
  const tabular = asTabular(released.manifest);
  await keepRun(store, tabular, inputs);
  if (!quick) await recordTraining(run, tabular);
  const { manifest, added, champion } = released;
  const { model, version } = manifest;
  const report = await stage('report', () => writeReport({ ...run, model, version })).catch(
    notWritten,
  );
  process.off('SIGINT', stop);
  process.stdout.write(
    json
      ? `${JSON.stringify({ ...manifest, added, champion, report: report?.path ?? null })}\n`
      : releaseText(released, { registry: store.location, report: report?.path ?? null }),
  );
}

interface NewRun {
  /** As it is run: a quick one is shorter. */
  readonly spec: ModelSpec;
  readonly stage: RunStage;
  readonly provenance: Provenance;
  readonly sign: Sign | undefined;
  readonly createdAt: Date;
}

function trainAnew(run: TrainingRun, { spec, ...made }: NewRun): Promise<Release> {
  const { dataRoot, store, parityRows, threads, quick } = run;
  const options = { dataRoot, store, parityRows, threads, isCurveAsked: !quick };
  return train(spec, { ...options, ...made });
}

function upToDateText({ version, data }: TabularManifest): string {
  const stages = [
    ['data', `${data.rows.toLocaleString('en-US')} rows of ${data.dataset}`],
    ['train', `version ${version} is of this table, schema, spec and code (--force trains again)`],
  ] as const;
  return stages
    .map(([name, what]) => `${pc.green('✓')} ${name.padEnd(9)} up to date: ${what}\n`)
    .join('');
}

/** The version is published by now, and stays so. */
function notWritten(error: unknown): null {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    `warning: the version is published, its report is not written: ${message}\n`,
  );
  return null;
}

/** A version exists when its manifest does, which is written last and at once: whatever was begun before is nobody's. */
function stop(): void {
  process.stderr.write(
    'stopped: no version is half-done; run it again: the same table, spec and seed make the same version\n',
  );
  process.exit(130);
}
