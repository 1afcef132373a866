// How good a split is, counted while rows move one by one from one side to the other.

/** Scores the splits of one node at a time; a higher score is a better split of that node. */
export interface Criterion {
  /** Takes the rows of a node, `order[start…end)`. */
  open(order: Int32Array, start: number, end: number): void;
  /** Whether the node's rows all have the same target. */
  isPure(): boolean;
  /** Puts all rows of the node on the far side. */
  begin(): void;
  /** Moves a row to the near side. */
  move(row: number): void;
  /** Of the two sides as they are; both must have a row. */
  score(): number;
  /** Of the node as it is. */
  parentScore(): number;
  /** What ml-cart calls gain: the drop in Gini impurity, or the squared error that is left. */
  gain(score: number): number;
}

/**
 * Gini impurity (Breiman et al. 1984, §4.3) in integer counts: the weighted impurity of two sides is lowest
 * when Σ nc²/n over the sides is highest.
 */
export function giniCriterion(codes: Int32Array, labels: number): Criterion {
  const all = new Int32Array(labels);
  const near = new Int32Array(labels);
  const far = new Int32Array(labels);
  let [count, squares, nearCount, nearSquares, farSquares] = [0, 0, 0, 0, 0];
  return {
    open(order, start, end) {
      all.fill(0);
      for (let place = start; place < end; place++) all[codes[order[place]!]!]!++;
      count = end - start;
      squares = all.reduce((sum, found) => sum + found * found, 0);
    },
    isPure: () => squares === count * count,
    begin() {
      near.fill(0);
      far.set(all);
      nearCount = 0;
      nearSquares = 0;
      farSquares = squares;
    },
    move(row) {
      const code = codes[row]!;
      nearCount++;
      nearSquares += 2 * near[code]!++ + 1;
      farSquares -= 2 * far[code]!-- - 1;
    },
    score: () => nearSquares / nearCount + farSquares / (count - nearCount),
    parentScore: () => squares / count,
    gain: (score) => (score - squares / count) / count,
  };
}

/** Squared error about the mean, counted about the node's mean so that large offsets do not cancel digits away. */
export function squaredErrorCriterion(values: Float64Array): Criterion {
  let [count, mean, squares, nearCount, nearSum, total] = [0, 0, 0, 0, 0, 0];
  let pure = false;
  return {
    open(order, start, end) {
      count = end - start;
      const first = values[order[start]!]!;
      let sum = 0;
      pure = true;
      for (let place = start; place < end; place++) {
        const value = values[order[place]!]!;
        sum += value;
        if (value !== first) pure = false;
      }
      mean = sum / count;
      squares = 0;
      total = 0;
      for (let place = start; place < end; place++) {
        const difference = values[order[place]!]! - mean;
        squares += difference * difference;
        total += difference;
      }
    },
    isPure: () => pure,
    begin() {
      nearCount = 0;
      nearSum = 0;
    },
    move(row) {
      nearCount++;
      nearSum += values[row]! - mean;
    },
    score() {
      const farSum = total - nearSum;
      return (nearSum * nearSum) / nearCount + (farSum * farSum) / (count - nearCount);
    },
    parentScore: () => (total * total) / count,
    gain: (score) => squares - score,
  };
}
