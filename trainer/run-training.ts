// One run of the pipeline with a screen around it: what the command line starts.

import type { ObjectStore } from '#contract/object-store.ts';
import type { ModelSpec } from '#contract/spec.ts';
import { train } from './pipeline.ts';
import { provenanceOf } from './provenance.ts';
import { reportOf } from './report.ts';
import { createScreen } from './screen.ts';

export interface TrainingRun {
  readonly spec: ModelSpec;
  /** Of the repository. */
  readonly root: string;
  readonly dataRoot: string;
  readonly store: ObjectStore;
  readonly parityRows: number;
  readonly json: boolean;
}

/** Progress goes to stderr when the answer on stdout is JSON. */
export async function runTraining(run: TrainingRun): Promise<void> {
  const { spec, root, dataRoot, store, parityRows, json } = run;
  const stage = createScreen({
    out: json ? process.stderr : process.stdout,
    totals: { evaluate: spec.folds, verify: parityRows },
    now: () => performance.now(),
  });
  const provenance = await provenanceOf(root);
  const createdAt = new Date();
  const released = await train(spec, { dataRoot, store, provenance, parityRows, createdAt, stage });
  const { manifest, added, champion } = released;
  process.stdout.write(
    json
      ? `${JSON.stringify({ ...manifest, added, champion })}\n`
      : reportOf(released, store.location),
  );
}
