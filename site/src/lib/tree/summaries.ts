// What the rows below a node are answered on average: of a leaf what it says, of an inner node the mean of its leaves by
// the training rows that reached them.

import type { ClassTarget, Target } from '#contract/signature.ts';
import type { Tree } from '#contract/model/tree.ts';
import type { Numbers } from '../numbers.ts';
import type { LeafKind } from './kind.ts';

export type Summary =
  | { readonly kind: 'label'; readonly label: string; readonly share: number }
  | { readonly kind: 'margin'; readonly label: string; readonly margin: number }
  | { readonly kind: 'value' | 'part'; readonly value: number };

export interface SummaryOptions {
  readonly target: Target;
  readonly leaves: LeafKind;
  /** Trees of the sum: an answer was divided by their number. */
  readonly trees: number;
}

/** Prepares the sums of one tree; answers the summary of a node. */
export function summariesOf(tree: Tree, options: SummaryOptions): (node: number) => Summary {
  const { target, leaves, trees } = options;
  const outputs = target.type === 'category' ? target.labels.length : 1;
  const means = meansOf(tree, outputs);
  return (node) => {
    const mean = means.subarray(node * outputs, (node + 1) * outputs);
    if (target.type === 'category') return labelSummary(target, leaves, mean);
    return leaves === 'answer'
      ? { kind: 'value', value: mean[0]! * trees }
      : { kind: 'part', value: mean[0]! };
  };
}

function labelSummary({ labels }: ClassTarget, leaves: LeafKind, mean: Float64Array): Summary {
  if (leaves === 'answer') {
    const best = placeOfLargest(mean, (value) => value);
    const sum = mean.reduce((total, value) => total + value, 0);
    return { kind: 'label', label: labels[best]!, share: sum === 0 ? 0 : mean[best]! / sum };
  }
  // A tree of a boosting mostly speaks of one label; the others are 0.
  const strongest = placeOfLargest(mean, Math.abs);
  return { kind: 'margin', label: labels[strongest]!, margin: mean[strongest]! };
}

/** [nodes][outputs]. Children come after their parent, so that one way back through the nodes is enough. */
function meansOf({ mode, left, right, cover, value }: Tree, outputs: number): Float64Array {
  const means = new Float64Array(mode.length * outputs);
  for (let node = mode.length - 1; node >= 0; node--) {
    if (mode[node] === 'leaf') {
      means.set(value[node]!, node * outputs);
      continue;
    }
    const [l, r] = [left[node]!, right[node]!];
    const rows = cover[l]! + cover[r]!;
    const share = rows === 0 ? 0.5 : cover[l]! / rows;
    for (let output = 0; output < outputs; output++)
      means[node * outputs + output] =
        share * means[l * outputs + output]! + (1 - share) * means[r * outputs + output]!;
  }
  return means;
}

function placeOfLargest(values: Float64Array, size: (value: number) => number): number {
  let best = 0;
  for (let at = 1; at < values.length; at++) if (size(values[at]!) > size(values[best]!)) best = at;
  return best;
}

/** A summary as it stands in a node: what is answered, and how much of it. */
export interface SummaryText {
  /** Empty for a number, which is all in `figure`. */
  readonly label: string;
  readonly figure: string;
  /** To draw, 0 to 1; null where the figure is no share. */
  readonly share: number | null;
}

export function summaryText(summary: Summary, target: Target, numbers: Numbers): SummaryText {
  const inUnit = (text: string): string =>
    target.type === 'number' && target.unit !== null ? `${text} ${target.unit}` : text;
  switch (summary.kind) {
    case 'label': {
      const { label, share } = summary;
      return { label, figure: numbers.percent(share), share };
    }
    case 'margin':
      return { label: summary.label, figure: signed(summary.margin, numbers), share: null };
    case 'value':
      return { label: '', figure: inUnit(numbers.short(summary.value)), share: null };
    case 'part':
      return { label: '', figure: inUnit(signed(summary.value, numbers)), share: null };
  }
}

/** With its sign, to three digits. */
export const signed = (value: number, { short }: Pick<Numbers, 'short'>): string =>
  `${value < 0 ? '−' : '+'}${short(Math.abs(Number(value.toPrecision(3))))}`;
