// Which fields of a form are shown: all of a short one; of a long one those that matter most, until others are asked for.

import type { TabularManifest } from '#contract/manifest.ts';
import type { Feature } from '#contract/signature.ts';
import type { Notes } from './notes.ts';
import { contains } from './search.ts';
import { labelOf } from './signature-text.ts';

/** More fields than this are not taken in at a glance. */
const LONG = 20;
const FIRST = 12;

export interface FieldChoice {
  /** What a person looks for; all of what has it in its name is shown. */
  readonly typed: string;
  readonly isAll: boolean;
  /** A field there is something to say about is shown whatever was chosen. */
  readonly notes: Notes;
}

export const isLongForm = ({ signature }: TabularManifest): boolean =>
  signature.features.length > LONG;

/** In the order of the signature, so that no field jumps. */
export function shownFields(
  manifest: TabularManifest,
  { typed, isAll, notes }: FieldChoice,
): readonly Feature[] {
  const { features } = manifest.signature;
  if (!isLongForm(manifest)) return features;
  if (typed.trim() !== '')
    return features.filter(
      (feature) => contains(labelOf(feature), typed) || contains(feature.name, typed),
    );
  if (isAll) return features;
  const first = new Set(byImportance(manifest).slice(0, FIRST));
  return features.filter(({ name }) => first.has(name) || notes[name] !== undefined);
}

/** Names, the one that held-out rows miss most first; as the signature has them where that is not known. */
function byImportance({ signature, metrics }: TabularManifest): readonly string[] {
  const importance = (name: string): number => metrics.permutation_importance[name]?.mean ?? 0;
  return signature.features.map(({ name }) => name).sort((a, b) => importance(b) - importance(a));
}
