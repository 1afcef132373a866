// Shapley values by their definition: every coalition of features, and the tree's expected answer for each. Slow, and
// nothing of the algorithm that is held against it is in it.

import { termValue, type Linear } from '#contract/model/linear.ts';
import type { Tree } from '#contract/model/tree.ts';

/**
 * [features] Shapley values of one output, where `features` are those of the values of a row by place.
 * Σ_S |S|! (n-|S|-1)! / n! (v(S ∪ j) - v(S)) over all S without j (Shapley 1953).
 */
export function bruteForceShapley(
  trees: readonly Tree[],
  row: Float32Array,
  output: number,
  features: readonly number[],
  linear: Linear | null = null,
): number[] {
  const count = Math.max(...features) + 1;
  const worth = Array.from({ length: 2 ** count }, (_, known) => {
    const ofTerms = linear?.terms.map((term, place) =>
      (known >> features[place]!) & 1
        ? termValue(term, row[place]!, output)
        : term.expected[output]!,
    );
    return trees.reduce(
      (sum, tree) => sum + expectedAnswer(tree, 0, row, output, features, known),
      (ofTerms ?? []).reduce((sum, value) => sum + value, 0),
    );
  });
  return Array.from({ length: count }, (_, feature) => {
    let sum = 0;
    for (let known = 0; known < worth.length; known++) {
      if ((known >> feature) & 1) continue;
      const size = bits(known);
      const weight = (factorial(size) * factorial(count - size - 1)) / factorial(count);
      sum += weight * (worth[known | (1 << feature)]! - worth[known]!);
    }
    return sum;
  });
}

/** Follows the row at features that are known; at any other goes both ways, weighted by cover. */
function expectedAnswer(
  tree: Tree,
  node: number,
  row: Float32Array,
  output: number,
  features: readonly number[],
  known: number,
): number {
  if (tree.mode[node] === 'leaf') return tree.value[node]![output]!;
  const answer = (next: number): number => expectedAnswer(tree, next, row, output, features, known);
  const [left, right] = [tree.left[node]!, tree.right[node]!];
  const place = tree.feature[node]!;
  if ((known >> features[place]!) & 1) {
    const [value, threshold] = [row[place]!, tree.threshold[node]!];
    const goesLeft = tree.mode[node] === 'lt' ? value < threshold : value !== threshold;
    return answer(goesLeft ? left : right);
  }
  const rows = tree.cover[left]! + tree.cover[right]!;
  if (rows === 0) return (answer(left) + answer(right)) / 2;
  return (answer(left) * tree.cover[left]! + answer(right) * tree.cover[right]!) / rows;
}

const bits = (mask: number): number => (mask === 0 ? 0 : (mask & 1) + bits(mask >> 1));
const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
