// Path-dependent TreeSHAP: what each feature adds to the answer of a sum of trees, exactly. The Shapley values of the game
// whose worth of a coalition S is the answer expected when only the features in S are known and a split on any other sends
// a row both ways, in the shares its training rows went (Lundberg, Erion, Lee 2018, "Consistent Individualized Feature
// Attribution for Tree Ensembles", algorithm 1).
//
// Algorithm 2 there walks the tree and grows and shrinks a list of subset weights (EXTEND, UNWIND). Here, as in GPUTreeShap
// (Mitchell, Frank, Holmes 2022), each leaf is worked out by itself, splits on one feature merged beforehand. Let a path
// have m features; z_i the share of rows that go its way at feature i, o_i = 1 if the row goes its way, else 0. A leaf v
// gives feature j (Lundberg and Lee 2017, equation 8, summed by the size s of S)
//
//   v (o_j - z_j) Σ_s  s! (m-1-s)! / m!  [y^s] Π_{i≠j} (o_i y + z_i)
//
// Features that are off (o = 0) only scale the product, so it is a polynomial of the on features alone, and the sum is the
// same for every feature that is off. For one that is on, (y + z_j) is divided out again. All outputs share the sums.

import type { Additive } from './additive.ts';
import type { FlatTrees } from './flat-trees.ts';

/** The term that is the sum of `trees`, without the ensemble’s base values. */
export function createTreeShap(trees: FlatTrees, outputs: number): Additive {
  const { feature, share, path, pathStart, values, valueStart, firstOutput, longest } = trees;
  const leaves = firstOutput.length;
  const weights = subsetWeights(longest);
  const isTaken = new Uint8Array(share.length);
  isTaken[trees.start] = 1;
  const polynomial = new Float64Array(longest + 1);
  const added = new Float64Array(longest);

  /** Σ_s weight(s) [y^s] of the polynomial, whose degree is `degree`. */
  const weigh = (degree: number, row: number): number => {
    let sum = 0;
    for (let size = 0; size <= degree; size++) sum += weights[row + size]! * polynomial[size]!;
    return sum;
  };
  /** The same of the polynomial divided by (y + z), from its highest coefficient down. */
  const weighWithout = (z: number, degree: number, row: number): number => {
    let coefficient = 0;
    let sum = 0;
    for (let size = degree - 1; size >= 0; size--) {
      coefficient = polynomial[size + 1]! - z * coefficient;
      sum += weights[row + size]! * coefficient;
    }
    return sum;
  };

  /** By place on the path from `from` up to `to`: what a leaf of 1 gives its feature. */
  const workOut = (from: number, to: number): void => {
    const row = weightRow(to - from);
    let off = 1;
    let degree = 0;
    polynomial[0] = 1;
    for (let place = from; place < to; place++) {
      const edge = path[place]!;
      const z = share[edge]!;
      if (isTaken[edge] === 0) off *= z;
      else {
        polynomial[++degree] = 1;
        for (let size = degree - 1; size > 0; size--)
          polynomial[size] = polynomial[size - 1]! + z * polynomial[size]!;
        polynomial[0]! *= z;
      }
    }
    const ofOff = degree === to - from ? 0 : -off * weigh(degree, row);
    for (let place = from; place < to; place++) {
      const edge = path[place]!;
      const z = share[edge]!;
      added[place - from] =
        isTaken[edge] === 0 ? ofOff : off * (1 - z) * weighWithout(z, degree, row);
    }
  };

  const add: Additive['add'] = (rows, offset, first, end, into) => {
    takeEdges(trees, rows, offset, isTaken);
    const stride = end - first;
    for (let leaf = 0; leaf < leaves; leaf++) {
      const start = valueStart[leaf]! - firstOutput[leaf]!;
      const low = Math.max(first, firstOutput[leaf]!);
      const high = Math.min(end, valueStart[leaf + 1]! - start);
      if (low >= high) continue;
      const from = pathStart[leaf]!;
      const to = pathStart[leaf + 1]!;
      workOut(from, to);
      for (let place = from; place < to; place++) {
        const factor = added[place - from]!;
        const at = feature[path[place]! >> 1]! * stride - first;
        for (let output = low; output < high; output++)
          into[at + output]! += factor * values[start + output]!;
      }
    }
  };

  return { expected: expectedOf(trees, outputs), add };
}

/** Marks the edges whose splits, and all splits above on the same feature, send the row their way. */
function takeEdges(
  trees: FlatTrees,
  rows: Float32Array,
  offset: number,
  isTaken: Uint8Array,
): void {
  const { place, threshold, isBelow, before } = trees;
  for (let split = 0; split < place.length; split++) {
    const value = rows[offset + place[split]!]!;
    const goesLeft = isBelow[split] === 1 ? value < threshold[split]! : value !== threshold[split]!;
    const reached = isTaken[before[split]!]!;
    isTaken[2 * split] = goesLeft ? reached : 0;
    isTaken[2 * split + 1] = goesLeft ? 0 : reached;
  }
}

/** Each leaf by the share of rows that reach it. */
function expectedOf(trees: FlatTrees, outputs: number): Float64Array {
  const { share, path, pathStart, values, valueStart, firstOutput } = trees;
  const expected = new Float64Array(outputs);
  firstOutput.forEach((first, leaf) => {
    let reached = 1;
    for (let place = pathStart[leaf]!; place < pathStart[leaf + 1]!; place++)
      reached *= share[path[place]!]!;
    for (let at = valueStart[leaf]!; at < valueStart[leaf + 1]!; at++)
      expected[first + at - valueStart[leaf]!]! += reached * values[at]!;
  });
  return expected;
}

/** Where the weights of paths with `features` features begin. */
const weightRow = (features: number): number => (features * (features - 1)) / 2;

/** s! (m-1-s)! / m! = 1 / (m C(m-1, s)) for s = 0…m-1, for m = 1, 2, … `longest`. */
function subsetWeights(longest: number): Float64Array {
  const weights = new Float64Array(weightRow(longest + 1));
  for (let features = 1; features <= longest; features++) {
    let subsets = 1;
    for (let size = 0; size < features; size++) {
      weights[weightRow(features) + size] = 1 / (features * subsets);
      subsets = (subsets * (features - 1 - size)) / (size + 1);
    }
  }
  return weights;
}
