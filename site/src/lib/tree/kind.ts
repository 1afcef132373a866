// What the leaves of a version's trees are: answers, of which the mean is taken, or parts that are added up.

import type { TreeEnsemble } from '#contract/model/tree.ts';

export type TreeFile = Omit<TreeEnsemble, 'trees' | 'format_version'> & { readonly trees: number };

/** `margin`: added to the raw score of a label, before it is made a probability. `part`: added to the number. */
export type LeafKind = 'answer' | 'margin' | 'part';

export function leafKindOf({ post_transform, base_values, linear }: TreeFile): LeafKind {
  if (post_transform !== undefined) return 'margin';
  const startsFromNothing = linear === undefined && base_values.every((value) => value === 0);
  return startsFromNothing ? 'answer' : 'part';
}
