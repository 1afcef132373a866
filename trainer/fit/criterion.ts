// How good ml-cart's splits are, counted while rows move one by one from one side to the other: what its own tree is found
// again by, faults included. The trainer's own trees count by impurity.ts.

/** Scores the splits of one node at a time; a higher score is a better split of that node. */
export interface Criterion {
  /** Takes the rows of a node, `order[start…end)`. */
  open(order: Int32Array, start: number, end: number): void;
  /** Puts all rows of the node on the far side. */
  begin(): void;
  /** Moves a row to the near side. */
  move(row: number): void;
  /** Of the two sides as they are; both must have a row. */
  score(): number;
  /** Of the node as it is. */
  parentScore(): number;
}

/**
 * Gini impurity (Breiman et al. 1984, §4.3) in counts: the weighted impurity of two sides is lowest
 * when Σ nc²/n over the sides is highest.
 */
export function giniCriterion(codes: Int32Array, labels: number): Criterion {
  const all = new Float64Array(labels);
  const near = new Float64Array(labels);
  const far = new Float64Array(labels);
  let [count, squares, nearCount, nearSquares, farSquares] = [0, 0, 0, 0, 0];
  return {
    open(order, start, end) {
      all.fill(0);
      for (let place = start; place < end; place++) all[codes[order[place]!]!]! += 1;
      count = end - start;
      squares = all.reduce((sum, found) => sum + found * found, 0);
    },
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
      nearSquares += 2 * near[code]! + 1;
      farSquares -= 2 * far[code]! - 1;
      near[code]!++;
      far[code]!--;
    },
    score: () => nearSquares / nearCount + farSquares / (count - nearCount),
    parentScore: () => squares / count,
  };
}

/** Squared error about the mean, counted about the node's mean so that large offsets do not cancel digits away. */
export function squaredErrorCriterion(values: Float64Array): Criterion {
  let [count, mean, nearCount, nearSum, total] = [0, 0, 0, 0, 0];
  return {
    open(order, start, end) {
      count = end - start;
      let sum = 0;
      for (let place = start; place < end; place++) sum += values[order[place]!]!;
      mean = sum / count;
      total = 0;
      for (let place = start; place < end; place++) total += values[order[place]!]! - mean;
    },
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
  };
}
