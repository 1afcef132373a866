// What stands at a node of the drawn tree: what it asks or answers, and how many rows came there.

import type { Tree } from '#contract/model/tree.ts';
import { TEXT_SIZE } from './chart.ts';
import type { Answer } from './leaf-words.ts';
import type { Place } from './places.ts';
import { everything, questionAt, type Question, type Reach } from './question.ts';
import { BOLD, shorten, textWidth } from './text-width.ts';
import type { Below } from './tree-layout.ts';
import { count, plural } from './words.ts';

export interface NodeWords {
  /** The column that is looked at; empty at a leaf. */
  readonly lead: string;
  /** Half-bold: what is asked of it, or the answer. */
  readonly title: string;
  readonly note: string;
  /** All of it, uncut. */
  readonly tip: string;
}

export const NOTE_SIZE = 12;

/** Pixels that a line may take. */
const WIDEST = 300;

/** By node; nothing at a leaf. */
export function questionsOf(
  tree: Tree,
  places: readonly Place[],
): readonly (Question | undefined)[] {
  const questions: (Question | undefined)[] = [];
  const reaches: Reach[] = [everything(places)];
  tree.mode.forEach((mode, node) => {
    if (mode === 'leaf') return;
    const question = questionAt(tree, node, { places, reach: reaches[node]! });
    questions[node] = question;
    reaches[tree.left[node]!] = question.left;
    reaches[tree.right[node]!] = question.right;
  });
  return questions;
}

export interface NodeFacts {
  /** Training rows that reached the node. */
  readonly rows: number;
  /** Undefined at a leaf. */
  readonly question: Question | undefined;
  readonly below: Below;
  /** The leaf's, or the mean of those below. */
  readonly answer: Answer;
  /** Whether what is below is not drawn. */
  readonly isFolded: boolean;
}

export function nodeWords({ rows, question, below, answer, isFolded }: NodeFacts): NodeWords {
  const came = plural(rows, 'row');
  const bold = (text: string): string => shorten(text, WIDEST, TEXT_SIZE * BOLD);
  if (question === undefined)
    return {
      lead: '',
      title: bold(answer.text),
      note: shorten([answer.share, came].filter(Boolean).join(', '), WIDEST, NOTE_SIZE),
      tip: [answer.text, answer.share, came].filter(Boolean).join(', '),
    };
  const note = isFolded ? `${came}, ${count(below.leaves)} leaves below` : came;
  return {
    lead: shorten(question.label, WIDEST, NOTE_SIZE),
    title: bold(`${question.asks}?`),
    note,
    tip: `${question.label} ${question.whole}? ${note}; on average ${answer.text} ${answer.share}`.trim(),
  };
}

/** Pixels of the longest line. */
export const widthOf = ({ lead, title, note }: NodeWords): number =>
  Math.max(
    textWidth(lead, NOTE_SIZE),
    textWidth(title, TEXT_SIZE * BOLD),
    textWidth(note, NOTE_SIZE),
  );
