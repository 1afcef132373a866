// The stages of the pipeline by name, and what each gives: what the screen and the pipeline agree on.

import type { Dataset } from '#data/versions/dataset.ts';
import type { LearningCurve } from '#contract/model/metrics.ts';
import type { OnnxModel } from './convert/convert.ts';
import type { Winner } from './select/fit-within.ts';
import type { Pack } from './pack/pack.ts';
import type { Release } from './pack/publish.ts';
import type { WrittenReport } from './report/run.ts';
import type { Evaluation } from './select/select.ts';
import type { Fold } from './table/split.ts';
import type { Parity } from './verify.ts';

export interface StageResults {
  readonly data: Dataset;
  readonly split: readonly Fold[];
  /** By outer fold: place of the candidate that was chosen. */
  readonly select: readonly number[];
  readonly evaluate: Evaluation;
  readonly fit: Winner;
  /** Null where rows are too few for one. */
  readonly curve: LearningCurve | null;
  readonly convert: OnnxModel;
  readonly verify: Parity;
  readonly pack: Pack;
  readonly publish: Release;
  readonly report: WrittenReport;
}

export type Stage = keyof StageResults;

/** Runs one stage; `onProgress` takes how much of it is done, in the stage's own unit. */
export type RunStage = <Name extends Stage>(
  name: Name,
  work: (onProgress: (done: number) => void) => StageResults[Name] | Promise<StageResults[Name]>,
) => Promise<StageResults[Name]>;
