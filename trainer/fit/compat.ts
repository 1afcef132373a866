// Grows the very tree ml-cart would, faults included, from presorted rows instead of a search per value: the same JSON,
// bit for bit. It is the proof that the loop replaced ml-cart's training without changing what it learns; `exact` differs
// from here on purpose.

import type { CartNode, CartNodeClass, CartOptions, Distribution } from 'ml-cart';
import type { Criterion } from './criterion.ts';
import { findCandidates, type Candidate } from './compat-candidates.ts';
import { divide, sortedRows, type Range } from './orders.ts';

/** What differs between ml-cart's two trees. */
export interface CompatRule {
  readonly criterion: Criterion;
  /** ml-cart's own figure for a split, in its own order of floating-point operations. */
  gain(rows: Int32Array, goesLeft: Uint8Array): number;
  readonly worst: number;
  isBetter(gain: number, than: number): boolean;
  /** Scores that rounding may have put in the wrong order differ by less. */
  tolerance(rows: Int32Array): number;
  leaf(rows: Int32Array): Distribution | number;
  /** What the root is told its parent's gain was. */
  readonly rootGain: number | null;
}

export interface CompatOptions extends Required<CartOptions> {
  readonly Node: CartNodeClass;
}

/** `columns` hold complete numbers by row; `target` is what ml-cart compares to find its candidates. */
export function growCompat(
  columns: readonly Float64Array[],
  target: ArrayLike<number>,
  rule: CompatRule,
  options: CompatOptions,
): CartNode {
  const count = target.length;
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  const sorted = columns.map((values) => sortedRows(values, count));
  const goesLeft = new Uint8Array(count);
  const spare = new Int32Array(count);

  const mark = ({ column, value }: Candidate, own: Int32Array): number => {
    let left = 0;
    for (const row of own) {
      goesLeft[row] = Number(columns[column]![row]! < value);
      left += goesLeft[row]!;
    }
    return left;
  };

  /** Candidates whose scores are as good as equal are measured again by ml-cart's formula; the first best one wins. */
  const choose = (range: Range, own: Int32Array) => {
    let best: { candidate: Candidate | null; gain: number } = { candidate: null, gain: rule.worst };
    rule.criterion.open(rows, range.start, range.end);
    const search = { columns, sorted, target, criterion: rule.criterion };
    for (const candidate of findCandidates(search, range, rule.tolerance(own))) {
      mark(candidate, own);
      const gain = rule.gain(own, goesLeft);
      if (rule.isBetter(gain, best.gain)) best = { candidate, gain };
    }
    return best;
  };

  const grow = (range: Range, depth: number, parentGain: number | null): CartNode => {
    const node = new options.Node(options);
    const { start, end } = range;
    const own = rows.subarray(start, end);
    if (end - start <= options.minNumSamples) {
      node.distribution = rule.leaf(own);
      return node;
    }
    const { candidate, gain } = choose(range, own);
    node.splitValue = candidate?.value;
    node.splitColumn = candidate?.column;
    node.gain = gain;
    node.numberSamples = candidate === null ? undefined : end - start;
    const left = candidate === null ? 0 : mark(candidate, own);
    const splits =
      depth < options.maxDepth &&
      gain > (options.gainThreshold || 0) &&
      gain !== parentGain &&
      left > 0 &&
      left < end - start;
    if (!splits) {
      node.distribution = rule.leaf(own);
      return node;
    }
    divide([rows, ...sorted], range, goesLeft, spare);
    node.left = grow({ start, end: start + left }, depth + 1, gain);
    node.right = grow({ start: start + left, end }, depth + 1, gain);
    return node;
  };
  return grow({ start: 0, end: count }, 0, rule.rootGain);
}
