// --quick: what a first look leaves out of a spec.

import type { ModelSpec } from '#contract/spec.ts';
import { expandGrids } from './parse-candidate.ts';

/** A first look: the first candidate that the spec's grids stand for, on its folds once. */
export const quickSpec = (spec: ModelSpec): ModelSpec => ({
  ...spec,
  repeats: 1,
  candidates: expandGrids(spec.candidates).slice(0, 1),
});
