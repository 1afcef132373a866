// How the answers of a batch are spread: shares of the labels, or the numbers themselves.

import type { RowAnswer } from './row-answers.ts';

/** By label: its share of the rows that were answered. */
export function labelShares(answers: readonly RowAnswer[]): Readonly<Record<string, number>> {
  const good = answers.filter(({ error }) => error === '');
  const counts = new Map<string, number>();
  for (const { answer } of good) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  return Object.fromEntries([...counts].map(([label, count]) => [label, count / good.length]));
}

export const numbersOf = (answers: readonly RowAnswer[]): readonly number[] =>
  answers.filter(({ error }) => error === '').map(({ answer }) => Number(answer));
