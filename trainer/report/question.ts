// A split in words: the question whose answer sends a row one way or the other.

import type { Tree } from '#contract/model/tree.ts';
import type { NamedPlace, Place } from './places.ts';
import { boundary } from './words.ts';

/** By place in an encoded row: the names that rows of a node may still have; null for a number. */
export type Reach = readonly (readonly number[] | null)[];

interface Words {
  /** What is looked at. */
  readonly label: string;
  /** What is asked of it: `< 2.5 m`, `is Cuba or 3 others`. */
  readonly asks: string;
  /** With every name that `asks` only counts. */
  readonly whole: string;
}

export interface Question extends Words {
  /** The child that rows go to which answer yes. */
  readonly yes: 'left' | 'right';
  readonly left: Reach;
  readonly right: Reach;
}

/** Every name there is: what rows of the root may have. */
export const everything = (places: readonly Place[]): Reach =>
  places.map((place) => (place.type === 'names' ? place.names.map((_, at) => at) : null));

/** Throws at a leaf, which asks nothing. */
export function questionAt(
  tree: Tree,
  node: number,
  { places, reach }: { readonly places: readonly Place[]; readonly reach: Reach },
): Question {
  const [mode, at, threshold] = [tree.mode[node]!, tree.feature[node]!, tree.threshold[node]!];
  const place = places[at];
  if (mode === 'leaf' || place === undefined) throw new Error(`no question: node ${node}`);
  if (place.type === 'number') {
    const value = boundary(threshold, place.unit);
    const words = alike(place.label, mode === 'lt' ? `< ${value}` : `is ${value}`);
    return { ...words, yes: mode === 'lt' ? 'left' : 'right', left: reach, right: reach };
  }
  const goesLeft = (name: number): boolean => {
    const code = name + place.first;
    return mode === 'lt' ? code < threshold : code !== threshold;
  };
  const names = reach[at] ?? [];
  const [left, right] = [names.filter(goesLeft), names.filter((name) => !goesLeft(name))];
  // Of no and yes, yes is asked.
  const isLeftAsked = left.length < right.length;
  const within = (side: readonly number[]): Reach =>
    reach.map((before, other) => (other === at ? side : before));
  return {
    ...namesQuestion(place, isLeftAsked ? left : right),
    yes: isLeftAsked ? 'left' : 'right',
    left: within(left),
    right: within(right),
  };
}

/** Names that are written out where there is little room. */
const NAMED = 2;

function namesQuestion({ label, names }: NamedPlace, asked: readonly number[]): Words {
  const texts = asked.map((name) => names[name]!);
  if (texts.length === 0) return alike(label, 'is none of these');
  const whole = `is ${either(texts)}`;
  if (texts.length <= NAMED) return alike(label, whole);
  const first = texts.slice(0, NAMED - 1);
  return {
    label,
    asks: `is ${either([...first, `${texts.length - first.length} others`])}`,
    whole,
  };
}

const alike = (label: string, asks: string): Words => ({ label, asks, whole: asks });

/** `a`, `a or b`, `a, b or c`. */
const either = (texts: readonly string[]): string =>
  [texts.slice(0, -1).join(', '), texts.at(-1)!].filter(Boolean).join(' or ');
