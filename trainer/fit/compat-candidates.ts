// The splits ml-cart would consider at a node: between two neighbours in sorted order whose targets differ, be their
// values equal or not. Which neighbours those are depends on the order of the rows: that is its fault, kept here.

import type { Criterion } from './criterion.ts';
import type { Range } from './orders.ts';

export interface Candidate {
  readonly column: number;
  /** Rows below go left. */
  readonly value: number;
  readonly score: number;
}

export interface CandidateSearch {
  readonly columns: readonly Float64Array[];
  /** By column: rows by value, equals in the order of the rows. */
  readonly sorted: readonly Int32Array[];
  readonly target: ArrayLike<number>;
  /** Open for the node. */
  readonly criterion: Criterion;
}

/** Those whose score is within `tolerance` of the best one, in the order ml-cart comes across them. */
export function findCandidates(
  search: CandidateSearch,
  range: Range,
  tolerance: number,
): readonly Candidate[] {
  let close: Candidate[] = [];
  let best = -Infinity;
  search.columns.forEach((_, column) => {
    sweep(search, column, range, (candidate) => {
      if (candidate.score < best - tolerance) return;
      if (candidate.score > best + tolerance) close = [];
      best = Math.max(best, candidate.score);
      close.push(candidate);
    });
  });
  return close.filter(({ score }) => score >= best - tolerance);
}

/** Moves the column's rows over in sorted order and offers each candidate once. */
function sweep(
  { columns, sorted, target, criterion }: CandidateSearch,
  column: number,
  { start, end }: Range,
  offer: (candidate: Candidate) => void,
): void {
  const values = columns[column]!;
  const order = sorted[column]!;
  let offered = NaN;
  criterion.begin();
  // What "below the value at hand" scores. Below the first there is nothing: no gain, but ml-cart may find no other split.
  let groupScore = criterion.parentScore();
  for (let place = start + 1; place < end; place++) {
    const [before, row] = [order[place - 1]!, order[place]!];
    criterion.move(before);
    const isNewGroup = values[before]! < values[row]!;
    const below = groupScore;
    if (isNewGroup) groupScore = criterion.score();
    if (target[before] === target[row]) continue;
    const value = (values[before]! + values[row]!) / 2;
    if (value === offered) continue;
    offered = value;
    // The mean of two neighbouring doubles may be rounded down to the lower one, which then goes right.
    offer({ column, value, score: value > values[before]! ? groupScore : below });
  }
}
