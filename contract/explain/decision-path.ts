// The way a row takes through a single tree, in the signature's words: what was asked, and which side it went to.

import { DATE_PARTS, widthOf } from '../encoded.ts';
import { shortestDecimal } from '../float32.ts';
import type { Feature, Signature } from '../signature.ts';
import type { Tree } from '../tree.ts';

type DatePart = (typeof DATE_PARTS)[number]['part'];

/** What is true of the row's value, and parts it from the rows that went the other way. */
export type Relation =
  | { readonly relation: '<' | '≥'; readonly threshold: number }
  | { readonly relation: 'is' | 'is not'; readonly category: string | boolean }
  /** An unknown category is none of them. */
  | { readonly relation: 'is one of' | 'is none of'; readonly categories: readonly string[] }
  | { readonly relation: 'is missing' };

export type Step = Relation & {
  /** API name in the signature. */
  readonly feature: string;
  /** Of a date, the part that was asked for: `year`, `month` or `weekday` (1 is Monday). */
  readonly part?: DatePart;
  readonly branch: 'left' | 'right';
  /** Training rows that went the same way. */
  readonly rows: number;
};

/** Answers the steps of an encoded row from the root to its leaf; none in a tree of one leaf. */
export type DecisionPath = (rows: Float32Array, offset: number) => readonly Step[];

/** Prepares the words of a tree; call it once per version, not per row. */
export function createDecisionPath(tree: Tree, { features }: Signature): DecisionPath {
  const asked = features.flatMap(askedValues);
  return (rows, offset) => {
    const steps: Step[] = [];
    let node = 0;
    while (tree.mode[node] !== 'leaf') {
      const { feature, ...part } = asked[tree.feature[node]!]!;
      const threshold = tree.threshold[node]!;
      const value = rows[offset + tree.feature[node]!]!;
      const isBelow = tree.mode[node] === 'lt';
      const goesLeft = isBelow ? value < threshold : value !== threshold;
      const relate = isBelow ? below : equal;
      node = goesLeft ? tree.left[node]! : tree.right[node]!;
      steps.push({
        feature: feature.name,
        ...part,
        ...relate(feature, { value, threshold, goesLeft }),
        branch: goesLeft ? 'left' : 'right',
        rows: tree.cover[node]!,
      });
    }
    return steps;
  };
}

/** The values of an encoded row that are a feature's. */
function askedValues(feature: Feature): readonly { feature: Feature; part?: DatePart }[] {
  if (feature.type === 'date') return DATE_PARTS.map(({ part }) => ({ feature, part }));
  return new Array<{ feature: Feature }>(widthOf(feature)).fill({ feature });
}

interface Answer {
  /** As encoded. */
  readonly value: number;
  readonly threshold: number;
  readonly goesLeft: boolean;
}

function below(feature: Feature, { value, threshold, goesLeft }: Answer): Relation {
  if (Number.isNaN(value)) return { relation: 'is missing' };
  if (feature.type === 'category') {
    const left = feature.categories.filter((_, code) => code < threshold);
    const right = feature.categories.filter((_, code) => code >= threshold);
    const [own, other] = goesLeft ? [left, right] : [right, left];
    const isKnown = feature.categories[value] !== undefined;
    return isKnown && own.length <= other.length
      ? { relation: 'is one of', categories: own }
      : { relation: 'is none of', categories: other };
  }
  if (feature.type === 'boolean') return { relation: 'is', category: !goesLeft };
  return { relation: goesLeft ? '<' : '≥', threshold: Number(shortestDecimal(threshold)) };
}

function equal(feature: Feature, { threshold, goesLeft }: Answer): Relation {
  return { relation: goesLeft ? 'is not' : 'is', category: categoryOf(feature, threshold) };
}

function categoryOf(feature: Feature, code: number): string | boolean {
  if (feature.type === 'boolean') return code === 1;
  const category = feature.type === 'category' ? feature.categories[code] : undefined;
  return category ?? String(code);
}
