// The stages of the pipeline by name, and what each gives: what the screen and the pipeline agree on.

import type { Dataset } from '#data/dataset.ts';
import type { Metrics } from '#contract/metrics.ts';
import type { OnnxModel } from './convert.ts';
import type { FittedModel } from './fit/fit.ts';
import type { Pack } from './pack.ts';
import type { Release } from './publish.ts';
import type { Fold } from './split.ts';
import type { Parity } from './verify.ts';

export interface StageResults {
  readonly data: Dataset;
  readonly split: readonly Fold[];
  readonly fit: FittedModel;
  readonly evaluate: Metrics;
  readonly convert: OnnxModel;
  readonly verify: Parity;
  readonly pack: Pack;
  readonly publish: Release;
}

export type Stage = keyof StageResults;

/** Runs one stage; `onProgress` takes how much of it is done, in the stage's own unit. */
export type RunStage = <Name extends Stage>(
  name: Name,
  work: (onProgress: (done: number) => void) => StageResults[Name] | Promise<StageResults[Name]>,
) => Promise<StageResults[Name]>;
