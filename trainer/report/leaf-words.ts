// What a leaf's value says: the likeliest label and its share, a number, or what it adds to a sum.

import type { Target } from '#contract/signature.ts';
import type { Tree, TreeEnsemble } from '#contract/model/tree.ts';
import { likeliest } from '#contract/model/likeliest.ts';
import { labelOf, percent, quantity, signed } from './words.ts';

export interface Answer {
  readonly text: string;
  /** Of a label among the leaf's rows; empty of what is no share. */
  readonly share: string;
}

export interface LeafWords {
  readonly say: (value: readonly number[]) => Answer;
  /** What every leaf of the tree has in common; empty when they are answers by themselves. */
  readonly note: string;
}

/** Leaves of a single tree are its answers; a forest's are divided by the number of trees; a boosting's are added to a margin. */
export function leafWords(ensemble: TreeEnsemble, tree: Tree, target: Target): LeafWords {
  const isAdded =
    ensemble.post_transform !== undefined ||
    ensemble.linear !== undefined ||
    ensemble.base_values.some((value) => value !== 0);
  if (target.type === 'number') {
    const { column, unit } = target;
    if (isAdded)
      return {
        say: ([value = 0]) => plain(signed(value, unit)),
        note: `Its leaves add to the ${labelOf(column, unit)}.`,
      };
    return { say: ([value = 0]) => plain(quantity(value * ensemble.trees.length, unit)), note: '' };
  }
  const { labels } = target;
  if (!isAdded) return { say: (value) => shareOf(value, labels), note: '' };
  const added = labels.filter((_, output) =>
    tree.value.some((value) => (value[output] ?? 0) !== 0),
  );
  const [only] = added;
  if (only !== undefined && added.length === 1)
    return {
      say: (value) => plain(signed(value[labels.indexOf(only)]!)),
      note: `Its leaves add to the margin of ${only}.`,
    };
  return {
    say: (value) => {
      const strongest = likeliest(value.map(Math.abs));
      return plain(`${signed(value[strongest]!)} for ${labels[strongest]!}`);
    },
    note: 'Its leaves add to the margins of labels.',
  };
}

function shareOf(value: readonly number[], labels: readonly string[]): Answer {
  const total = value.reduce((sum, share) => sum + share, 0) || 1;
  const best = likeliest(value);
  return { text: labels[best]!, share: percent(value[best]! / total) };
}

const plain = (text: string): Answer => ({ text, share: '' });
