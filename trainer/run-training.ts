// One run of the pipeline with a screen around it: what the command line starts.

import type { ObjectStore } from '#contract/object-store.ts';
import type { ModelSpec } from '#contract/spec.ts';
import { curveTasks } from './learning-curve.ts';
import { expandGrids } from './parse-candidate.ts';
import { train } from './pipeline.ts';
import { provenanceOf } from './provenance.ts';
import { signerOf } from './registry/signing-keys.ts';
import { releaseText } from './release-text.ts';
import { createScreen } from './screen.ts';
import { taskCounts } from './select.ts';

export interface TrainingRun {
  readonly spec: ModelSpec;
  /** Of the repository. */
  readonly root: string;
  readonly dataRoot: string;
  readonly store: ObjectStore;
  readonly parityRows: number;
  /** Folds that are worked on at a time. */
  readonly threads: number;
  /** The spec's first candidate only. */
  readonly quick: boolean;
  readonly json: boolean;
}

/** Progress goes to stderr when the answer on stdout is JSON. */
export async function runTraining(run: TrainingRun): Promise<void> {
  const { root, dataRoot, store, parityRows, threads, json } = run;
  const spec = run.quick ? quickSpec(run.spec) : run.spec;
  const stage = createScreen({
    out: json ? process.stderr : process.stdout,
    totals: { ...taskCounts(spec), curve: curveTasks(spec), verify: parityRows },
    now: () => performance.now(),
  });
  process.once('SIGINT', stop);
  const provenance = await provenanceOf(root);
  const createdAt = new Date();
  const sign = await signerOf(process.env);
  const released = await train(spec, {
    dataRoot,
    store,
    sign,
    provenance,
    parityRows,
    threads,
    isCurveAsked: !run.quick,
    createdAt,
    stage,
  });
  process.off('SIGINT', stop);
  const { manifest, added, champion } = released;
  process.stdout.write(
    json
      ? `${JSON.stringify({ ...manifest, added, champion })}\n`
      : releaseText(released, store.location),
  );
}

/** A version exists when its manifest does, which is written last and at once: whatever was begun before is nobody's. */
function stop(): void {
  process.stderr.write(
    'stopped: no version is half-done; run it again: the same table, spec and seed make the same version\n',
  );
  process.exit(130);
}

/** A first look: the first candidate that the spec's grids stand for, on its folds once. */
function quickSpec(spec: ModelSpec): ModelSpec {
  return { ...spec, repeats: 1, candidates: expandGrids(spec.candidates).slice(0, 1) };
}
