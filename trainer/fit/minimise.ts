// Finds the lowest point of a smooth convex function: L-BFGS (Nocedal and Wright 2006, algorithms 7.4 and 7.5), with steps
// that are halved until they lower the function enough (Armijo).

export interface Objective {
  /** The function at `point`; writes its gradient there to `gradient`. */
  (point: Float64Array, gradient: Float64Array): number;
}

export interface MinimiseOptions {
  /** It is done when no component of the gradient is larger. */
  readonly tolerance: number;
  readonly iterations: number;
  /** Multiplies by what is roughly the inverse of the function's curvature, in place; not at all when not said. */
  readonly precondition?: (vector: Float64Array) => void;
}

/** Pairs of steps and gradient changes that stand for the curvature. */
const MEMORY = 10;
const ENOUGH = 1e-4;
const HALVINGS = 40;
/** A step that promises less, as a share of the function, is lost in its last digits. */
const ROUNDING = 1e-9;

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly curvature: number;
}

export interface Minimum {
  readonly value: number;
  /** False when the iterations ran out first. */
  readonly converged: boolean;
}

/**
 * Moves `point` to the minimum, in place. Throws when it can go no further though the gradient says that it should: then
 * gradient or preconditioner are wrong, and the point is no minimum.
 */
export function minimise(
  objective: Objective,
  point: Float64Array,
  { tolerance, iterations, precondition }: MinimiseOptions,
): Minimum {
  const gradient = new Float64Array(point.length);
  let value = objective(point, gradient);
  let pairs: readonly Pair[] = [];
  const next = new Float64Array(point.length);
  const nextGradient = new Float64Array(point.length);
  for (let iteration = 0; iteration < iterations; iteration++) {
    if (largest(gradient) <= tolerance) return { value, converged: true };
    const direction = descend(gradient, pairs, precondition);
    const slope = dot(direction, gradient);
    if (!(slope < 0)) {
      if (pairs.length === 0) throw stuck('the preconditioned gradient does not descend', slope);
      pairs = [];
      continue;
    }
    // The first step is as long as the gradient is not, when nothing is known of the curvature.
    const isBlind = pairs.length === 0 && precondition === undefined;
    let length = isBlind ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
    let nextValue = Infinity;
    for (let halving = 0; halving < HALVINGS; halving++) {
      for (let i = 0; i < point.length; i++) next[i] = point[i]! + length * direction[i]!;
      nextValue = objective(next, nextGradient);
      if (nextValue <= value + ENOUGH * length * slope) break;
      length /= 2;
    }
    if (!(nextValue < value)) {
      // What is left to gain is rounding.
      if (-slope <= ROUNDING * Math.abs(value)) return { value, converged: true };
      if (pairs.length === 0) throw stuck('no step along the gradient lowers the loss', slope);
      pairs = [];
      continue;
    }
    const step = difference(next, point);
    const change = difference(nextGradient, gradient);
    const curvature = dot(step, change);
    if (curvature > 1e-12 * dot(change, change))
      pairs = [...pairs, { step, change, curvature }].slice(-MEMORY);
    point.set(next);
    gradient.set(nextGradient);
    value = nextValue;
  }
  return { value, converged: largest(gradient) <= tolerance };
}

const stuck = (what: string, slope: number): Error =>
  new Error(`the fit found no minimum: ${what} (slope ${slope})`);

/** −H·gradient, with H the inverse of the curvature that `pairs` tell of (the two-loop recursion). */
function descend(
  gradient: Float64Array,
  pairs: readonly Pair[],
  precondition: MinimiseOptions['precondition'],
): Float64Array {
  const direction = new Float64Array(gradient.length);
  for (let i = 0; i < direction.length; i++) direction[i] = -gradient[i]!;
  const factors: number[] = [];
  for (let at = pairs.length - 1; at >= 0; at--) {
    const { step, change, curvature } = pairs[at]!;
    factors[at] = dot(step, direction) / curvature;
    add(direction, change, -factors[at]!);
  }
  precondition?.(direction);
  const last = pairs.at(-1);
  if (last !== undefined) {
    const turned = last.change.slice();
    precondition?.(turned);
    const scale = last.curvature / dot(last.change, turned);
    for (let i = 0; i < direction.length; i++) direction[i]! *= scale;
  }
  pairs.forEach(({ step, change, curvature }, at) =>
    add(direction, step, factors[at]! - dot(change, direction) / curvature),
  );
  return direction;
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  const found = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) found[i] = a[i]! - b[i]!;
  return found;
}

function add(into: Float64Array, other: Float64Array, factor: number): void {
  for (let i = 0; i < into.length; i++) into[i]! += factor * other[i]!;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}
