// What a probability of the model is worth: out-of-fold answers become a map of blocks, each with the share of rows that were
// right there. Pool-adjacent-violators (Barlow et al., Statistical Inference under Order Restrictions, 1972).

/** A step map: probabilities from `lower[i]` on, up to the next, are worth `value[i]`. */
export interface Calibration {
  /** Ascending; the first is 0. */
  readonly lower: readonly number[];
  /** Not descending, 0 to 1. */
  readonly value: readonly number[];
}

/** Blocks that a map has at most: the counters have one place for each. */
const MAX_BLOCKS = 20;

interface Block {
  lower: number;
  weight: number;
  sum: number;
}

/**
 * The isotonic least-squares fit of `outcomes` (0 or 1) on `probabilities`, then reduced to at most 20 blocks by joining
 * the pair of neighbours that changes the fit least. The identity in 20 steps when there are no rows.
 */
export function fitCalibration(
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
): Calibration {
  const blocks = isotonicBlocks(probabilities, outcomes);
  if (blocks.length === 0) return identityCalibration();
  while (blocks.length > MAX_BLOCKS) join(blocks, cheapestPair(blocks));
  return {
    lower: blocks.map(({ lower }, index) => (index === 0 ? 0 : lower)),
    value: blocks.map(({ sum, weight }) => sum / weight),
  };
}

function isotonicBlocks(probabilities: ArrayLike<number>, outcomes: ArrayLike<number>): Block[] {
  const order = Array.from({ length: probabilities.length }, (_, row) => row).sort(
    (a, b) => probabilities[a]! - probabilities[b]!,
  );
  const blocks: Block[] = [];
  for (const row of order) {
    const [lower, outcome] = [probabilities[row]!, outcomes[row]!];
    const last = blocks.at(-1);
    // Equal probabilities are one block from the start.
    if (last?.lower === lower) {
      last.weight++;
      last.sum += outcome;
    } else blocks.push({ lower, weight: 1, sum: outcome });
  }
  return pool(blocks);
}

function pool(single: readonly Block[]): Block[] {
  const blocks: Block[] = [];
  for (const block of single) {
    blocks.push({ ...block });
    while (blocks.length > 1 && worth(blocks.at(-2)!) >= worth(blocks.at(-1)!))
      join(blocks, blocks.length - 2);
  }
  return blocks;
}

const worth = ({ sum, weight }: Block): number => sum / weight;

/** Joins the block at `index` with the next. */
function join(blocks: Block[], index: number): void {
  const [next] = blocks.splice(index + 1, 1);
  blocks[index]!.weight += next!.weight;
  blocks[index]!.sum += next!.sum;
}

function cheapestPair(blocks: readonly Block[]): number {
  let best = 0;
  let least = Infinity;
  for (let index = 0; index + 1 < blocks.length; index++) {
    const [a, b] = [blocks[index]!, blocks[index + 1]!];
    const cost = ((a.weight * b.weight) / (a.weight + b.weight)) * (worth(a) - worth(b)) ** 2;
    if (cost < least) [best, least] = [index, cost];
  }
  return best;
}

/** Takes the model's probabilities as they are, in the middle of 20 blocks. */
export function identityCalibration(): Calibration {
  const places = Array.from({ length: MAX_BLOCKS }, (_, block) => block);
  return {
    lower: places.map((block) => block / MAX_BLOCKS),
    value: places.map((block) => (block + 0.5) / MAX_BLOCKS),
  };
}

/** The block of a probability, by bisection. */
export function blockOf(lower: readonly number[], probability: number): number {
  let [low, high] = [0, lower.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (lower[middle]! <= probability) low = middle;
    else high = middle;
  }
  return low;
}
