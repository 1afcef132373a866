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
  /** Of the node, times the weight of its rows. */
  impurity(): number;
  /** What ml-cart calls gain: the drop in Gini impurity, or the squared error that is left. */
  gain(score: number): number;
}

/**
 * Gini impurity (Breiman et al. 1984, §4.3) in counts: the weighted impurity of two sides is lowest
 * when Σ nc²/n over the sides is highest. Rows count as much as `weights` says.
 */
export function giniCriterion(
  codes: Int32Array,
  labels: number,
  weights: Float64Array = new Float64Array(codes.length).fill(1),
): Criterion {
  const all = new Float64Array(labels);
  const near = new Float64Array(labels);
  const far = new Float64Array(labels);
  let [count, squares, nearCount, nearSquares, farSquares] = [0, 0, 0, 0, 0];
  return {
    open(order, start, end) {
      all.fill(0);
      count = 0;
      for (let place = start; place < end; place++) {
        const row = order[place]!;
        all[codes[row]!]! += weights[row]!;
        count += weights[row]!;
      }
      squares = all.reduce((sum, found) => sum + found * found, 0);
    },
    isPure: () => all.filter((found) => found > 0).length <= 1,
    begin() {
      near.fill(0);
      far.set(all);
      nearCount = 0;
      nearSquares = 0;
      farSquares = squares;
    },
    move(row) {
      const code = codes[row]!;
      const weight = weights[row]!;
      nearCount += weight;
      nearSquares += weight * (2 * near[code]! + weight);
      farSquares -= weight * (2 * far[code]! - weight);
      near[code]! += weight;
      far[code]! -= weight;
    },
    score: () => nearSquares / nearCount + farSquares / (count - nearCount),
    parentScore: () => squares / count,
    impurity: () => count - squares / count,
    gain: (score) => (score - squares / count) / count,
  };
}

/** Squared error about the mean, counted about the node's mean so that large offsets do not cancel digits away. */
export function squaredErrorCriterion(
  values: Float64Array,
  weights: Float64Array = new Float64Array(values.length).fill(1),
): Criterion {
  let [count, mean, squares, nearCount, nearSum, total] = [0, 0, 0, 0, 0, 0];
  let pure = false;
  return {
    open(order, start, end) {
      count = 0;
      const first = values[order[start]!]!;
      let sum = 0;
      pure = true;
      for (let place = start; place < end; place++) {
        const row = order[place]!;
        const value = values[row]!;
        count += weights[row]!;
        sum += weights[row]! * value;
        if (value !== first) pure = false;
      }
      mean = sum / count;
      squares = 0;
      total = 0;
      for (let place = start; place < end; place++) {
        const row = order[place]!;
        const difference = values[row]! - mean;
        squares += weights[row]! * difference * difference;
        total += weights[row]! * difference;
      }
    },
    isPure: () => pure,
    begin() {
      nearCount = 0;
      nearSum = 0;
    },
    move(row) {
      nearCount += weights[row]!;
      nearSum += weights[row]! * (values[row]! - mean);
    },
    score() {
      const farSum = total - nearSum;
      return (nearSum * nearSum) / nearCount + (farSum * farSum) / (count - nearCount);
    },
    parentScore: () => (total * total) / count,
    impurity: () => squares,
    gain: (score) => squares - score,
  };
}
