// Puts categories into an order in which "below a code" is a question worth asking: neighbours have similar targets.
// A tree can then part 47 countries into two groups at one node, rather than one country after the other.

import type { EncodedSignature } from '#contract/features/encoded.ts';
import { recode, type Table } from '../table/table.ts';

const ITERATIONS = 500;
const CONVERGED = 1e-12;

/**
 * The table with the categories of every feature in order of their rows' targets: by the first principal component of
 * the categories' label frequencies (Coppersmith, Hong and Hosking 1999), or by the mean of a number, which for two
 * labels and for numbers holds the best split of all (Breiman et al. 1984, theorem 4.5). Equals keep their order.
 */
export function orderCategories(table: Table): Table {
  const features: EncodedSignature['features'] = table.signature.features.map((feature, index) => {
    if (feature.type === 'number') return feature;
    const scores = scoresOf(table, index, feature.categories.length);
    const codes = [...feature.categories.keys()].sort((a, b) => scores[a]! - scores[b]! || a - b);
    return { ...feature, categories: codes.map((code) => feature.categories[code]!) };
  });
  return recode(table, { ...table.signature, features });
}

/** By category: where its rows' targets lie on the one axis that tells categories apart best; 0 for one without rows. */
function scoresOf(table: Table, feature: number, categories: number): readonly number[] {
  const { counts, profiles } = profilesOf(table, feature, categories);
  const axis = principalAxis(profiles, counts);
  return profiles.map((profile) => dot(profile, axis));
}

/** By category: its rows, and how its mean target differs from that of all rows, one value per label (or one). */
function profilesOf({ target, values, width, count }: Table, feature: number, categories: number) {
  const size = target.type === 'category' ? target.labels : 1;
  const counts = new Float64Array(categories);
  const sums = Array.from({ length: categories }, () => new Float64Array(size));
  const total = new Float64Array(size);
  let known = 0;
  for (let row = 0; row < count; row++) {
    const code = values[row * width + feature]!;
    // Missing, or too rare to have a place.
    if (!(code >= 0)) continue;
    const label = target.type === 'category' ? target.codes[row]! : 0;
    const amount = target.type === 'category' ? 1 : target.values[row]!;
    known++;
    counts[code]!++;
    sums[code]![label]! += amount;
    total[label]! += amount;
  }
  const profiles = sums.map((sum, code) =>
    sum.map((amount, label) =>
      counts[code] === 0 ? 0 : amount / counts[code]! - total[label]! / known,
    ),
  );
  return { counts, profiles };
}

/** The first eigenvector of Σ n p pᵀ by power iteration, its largest component positive. */
function principalAxis(profiles: readonly Float64Array[], counts: Float64Array): Float64Array {
  const size = profiles[0]?.length ?? 0;
  const spread = spreadOf(profiles, counts);
  const axis = Float64Array.from({ length: size }, (_, label) => 1 / (label + 1));
  const next = new Float64Array(size);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    for (let label = 0; label < size; label++) next[label] = dot(spread[label]!, axis);
    const length = Math.sqrt(dot(next, next));
    // No category differs from another.
    if (length === 0) return axis;
    let moved = 0;
    for (let label = 0; label < size; label++) {
      const unit = next[label]! / length;
      moved = Math.max(moved, Math.abs(unit - axis[label]!));
      axis[label] = unit;
    }
    if (moved < CONVERGED) break;
  }
  const largest = axis.reduce(
    (best, value) => (Math.abs(value) > Math.abs(best) ? value : best),
    0,
  );
  return largest < 0 ? axis.map((value) => -value) : axis;
}

/** Σ n p pᵀ, row by row. */
function spreadOf(profiles: readonly Float64Array[], counts: Float64Array): Float64Array[] {
  const size = profiles[0]?.length ?? 0;
  const spread = Array.from({ length: size }, () => new Float64Array(size));
  profiles.forEach((profile, category) => {
    for (let label = 0; label < size; label++) {
      const row = spread[label]!;
      const weight = counts[category]! * profile[label]!;
      if (weight !== 0)
        for (let other = 0; other < size; other++) row[other]! += weight * profile[other]!;
    }
  });
  return spread;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!;
  return sum;
}
