// Gradient boosting (Friedman 2001) of ml-cart's trees: each round a tree per margin is fitted to the loss's derivatives,
// upon the class frequencies or the mean, or upon a linear model.

import type { CartNode } from 'ml-cart';
import type { BoostingParameters } from '#contract/spec.ts';
import { createRandom, shuffle, type Random } from '../table/random.ts';
import type { Table } from '../table/table.ts';
import { createBins } from './bins.ts';
import { growGradientTree } from './gradient-tree.ts';
import { createHistograms } from './histogram.ts';
import type { Layout } from './layout.ts';
import { expandRow } from './layout.ts';
import { lossOf, type Derivatives } from './losses.ts';
import { weightsOf } from './margins.ts';
import { RegressionTree } from './trees.ts';

export interface BoostedTree {
  readonly root: CartNode;
  /** The margin it adds to. */
  readonly output: number;
}

export interface Boosting {
  /** By margin; 0 where it starts from a linear model, which has its own. */
  readonly start: readonly number[];
  readonly trees: readonly BoostedTree[];
}

export interface BoostingOptions {
  readonly parameters: BoostingParameters;
  readonly layout: Layout;
  readonly seed: number;
  /** [rows, margins] to start from instead of the constant. */
  readonly margins?: Float64Array;
  /** Takes the mean training loss before the first round and after each. */
  readonly onLoss?: (loss: number) => void;
}

/** A share of the rows, kept out to see when to stop. */
const HELD_OUT = 0.1;

export function boost(table: Table, options: BoostingOptions): Boosting {
  const { parameters, layout, seed } = options;
  const { rounds, learning_rate, max_leaves, leaf_rows, l2, subsample, patience } = parameters;
  const weights = weightsOf(table);
  const loss = lossOf(table, weights);
  const start = options.margins === undefined ? loss.start : loss.start.map(() => 0);
  const margins = start.map((margin, output) =>
    Float64Array.from(
      { length: table.count },
      (_, row) => options.margins?.[row * loss.outputs + output] ?? margin,
    ),
  );
  const derivatives = start.map((): Derivatives => ({
    gradients: new Float64Array(table.count),
    hessians: new Float64Array(table.count),
  }));
  const random = createRandom(seed, 'boosting');
  const { learned, heldOut } = holdOut(table, patience > 0, random);
  const bins = createBins(table);
  const histograms = createHistograms(bins);
  const places = Int32Array.from({ length: table.width }, (_, place) => place);
  const share = parameters.feature_share ?? 1;
  const Node = new RegressionTree().root.constructor;
  const trees: BoostedTree[] = [];
  options.onLoss?.(loss.mean(margins, learned));
  let best = { loss: Infinity, trees: 0, round: 0 };
  if (heldOut.length > 0) best = { ...best, loss: loss.mean(margins, heldOut) };

  for (let round = 1; round <= rounds; round++) {
    loss.derive(margins, derivatives);
    const sample = subsample < 1 ? draw(learned, subsample, random) : learned.slice();
    for (let output = 0; output < loss.outputs; output++) {
      const tree = growGradientTree({
        ...derivatives[output]!,
        bins,
        histograms,
        layout,
        Node,
        rows: sample,
        places: share < 1 ? draw(places, share, random) : places,
        maxLeaves: max_leaves,
        leafRows: leaf_rows,
        l2,
        rate: learning_rate,
      });
      if (tree === null) continue;
      trees.push({ root: tree.root, output });
      const own = margins[output]!;
      for (const { range, value } of tree.leaves)
        for (let at = range.start; at < range.end; at++) own[sample[at]!]! += value;
      if (sample.length < table.count) addOthers(table, layout, tree.root, sample, own);
    }
    options.onLoss?.(loss.mean(margins, learned));
    if (heldOut.length === 0) continue;
    const found = loss.mean(margins, heldOut);
    if (found < best.loss) best = { loss: found, trees: trees.length, round };
    if (round - best.round >= patience) break;
  }
  return { start, trees: heldOut.length === 0 ? trees : trees.slice(0, best.trees) };
}

/** A tenth of the rows of each label (of a number: of all), at least one in all; none when there is nothing to stop. */
function holdOut({ target, count }: Table, isAsked: boolean, random: Random) {
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  const most = Math.floor(count * HELD_OUT);
  if (!isAsked || most === 0) return { learned: rows, heldOut: new Int32Array() };
  shuffle(rows, random);
  if (target.type === 'category') rows.sort((a, b) => target.codes[a]! - target.codes[b]!);
  const every = Math.round(1 / HELD_OUT);
  const isOut = (place: number): boolean => place % every === every >> 1;
  return {
    learned: rows.filter((_, place) => !isOut(place)).sort(),
    heldOut: rows.filter((_, place) => isOut(place)).sort(),
  };
}

/** A share of `items`, which are in ascending order; so is the draw. */
function draw(items: Int32Array, share: number, random: Random): Int32Array {
  const size = Math.max(1, Math.round(items.length * share));
  return shuffle(items.slice(), random).slice(0, size).sort();
}

/** Adds what the tree answers to rows that it was not grown on. */
function addOthers(
  { values, width, count }: Table,
  layout: Layout,
  root: CartNode,
  sample: Int32Array,
  margins: Float64Array,
): void {
  const isKnown = new Uint8Array(count);
  for (const row of sample) isKnown[row] = 1;
  const expanded = new Float64Array(layout.width);
  for (let row = 0; row < count; row++) {
    if (isKnown[row] === 1) continue;
    expandRow(layout, values, row * width, expanded);
    const answer = root.classify(expanded);
    if (typeof answer === 'number') margins[row]! += answer;
  }
}
