// The way a row takes through a single tree, in the signature's words: what was asked, and which side it went to.

import { DATE_PARTS, widthOf } from '../features/encoded.ts';
import type { Feature, Signature } from '../signature.ts';
import type { Tree } from '../model/tree.ts';
import { goesLeft, relate, relateCategory, type Relation, type Split } from './relation.ts';

type DatePart = (typeof DATE_PARTS)[number]['part'];

export type Step = Relation & {
  /** API name in the signature. */
  readonly feature: string;
  /** Of a date, the part that was asked for: `year`, `month` or `weekday` (1 is Monday). */
  readonly part?: DatePart;
  readonly branch: 'left' | 'right';
  /** Training rows that went the same way. */
  readonly rows: number;
};

/**
 * Answers the steps of an encoded row from the root to its leaf; none in a tree of one leaf. A step names only categories
 * that the steps before it left possible.
 */
export type DecisionPath = (rows: Float32Array, offset: number) => readonly Step[];

/** Prepares the words of a tree; call it once per version, not per row. */
export function createDecisionPath(tree: Tree, { features }: Signature): DecisionPath {
  const asked = features.flatMap(askedValues);
  return (rows, offset) => {
    const steps: Step[] = [];
    const possible = new Map<Feature, readonly number[]>();
    let node = 0;
    while (tree.mode[node] !== 'leaf') {
      const place = tree.feature[node]!;
      const { feature, ...part } = asked[place]!;
      const split = { isBelow: tree.mode[node] === 'lt', threshold: tree.threshold[node]! };
      const value = rows[offset + place]!;
      const isLeft = goesLeft(split, value);
      const relation = relationOf(feature, split, value, possible);
      node = isLeft ? tree.left[node]! : tree.right[node]!;
      const branch = isLeft ? 'left' : 'right';
      steps.push({ feature: feature.name, ...part, ...relation, branch, rows: tree.cover[node]! });
    }
    return steps;
  };
}

/** `possible` holds the codes of the categories that the steps so far allow, and is kept up. */
function relationOf(
  feature: Feature,
  split: Split,
  value: number,
  possible: Map<Feature, readonly number[]>,
): Relation {
  if (feature.type !== 'category') return relate(feature, split, value);
  const codes = possible.get(feature) ?? [...feature.categories.keys()];
  const side = goesLeft(split, value);
  const own = codes.filter((code) => goesLeft(split, code) === side);
  const other = codes.filter((code) => goesLeft(split, code) !== side);
  possible.set(feature, own);
  return relateCategory(feature, value, { own, other, isBelow: split.isBelow });
}

/** The values of an encoded row that are a feature's. */
function askedValues(feature: Feature): readonly { feature: Feature; part?: DatePart }[] {
  if (feature.type === 'date') return DATE_PARTS.map(({ part }) => ({ feature, part }));
  return new Array<{ feature: Feature }>(widthOf(feature)).fill({ feature });
}
