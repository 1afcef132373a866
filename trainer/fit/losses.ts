// What boosting lowers: the loss of the rows' margins, and its first two derivatives by margin. Margins are kept by output,
// [outputs][rows], since each output has its own tree.

import type { Table } from '../table/table.ts';
import { marginsOf } from './margins.ts';

export interface Loss {
  readonly outputs: number;
  /** By output: the margin of a model that never looks at a row. */
  readonly start: readonly number[];
  /** Writes the derivatives of every row's loss. */
  derive(margins: readonly Float64Array[], into: readonly Derivatives[]): void;
  /** The mean over `rows`. */
  mean(margins: readonly Float64Array[], rows: Int32Array): number;
}

export interface Derivatives {
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
}

/** Of a class: −ln p by softmax (two labels: by one margin against 0). Of a number: half the squared error. */
export function lossOf({ target, count }: Table, weights: Float64Array): Loss {
  const outputs = marginsOf(target);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (target.type === 'number') {
    const { values } = target;
    const sum = values.reduce((found, value, row) => found + weights[row]! * value, 0);
    return {
      outputs,
      start: [sum / total],
      derive([margins], [into]) {
        for (let row = 0; row < count; row++) {
          into!.gradients[row] = weights[row]! * (margins![row]! - values[row]!);
          into!.hessians[row] = weights[row]!;
        }
      },
      mean: ([margins], rows) =>
        meanOf(rows, weights, (row) => (margins![row]! - values[row]!) ** 2 / 2),
    };
  }
  const { codes, labels } = target;
  const found = new Array<number>(labels).fill(0);
  codes.forEach((code, row) => (found[code]! += weights[row]!));
  // A label without rows counts as half of one, so that its margin is finite.
  const logs = found.map((weight) => Math.log(Math.max(weight, 0.5) / total));
  const probabilities = new Float64Array(outputs);
  if (outputs === 1)
    return {
      outputs,
      start: [logs[1]! - logs[0]!],
      derive([margins], [into]) {
        for (let row = 0; row < count; row++) {
          const p = 1 / (1 + Math.exp(-margins![row]!));
          into!.gradients[row] = weights[row]! * (p - codes[row]!);
          into!.hessians[row] = weights[row]! * p * (1 - p);
        }
      },
      mean: ([margins], rows) =>
        meanOf(rows, weights, (row) => {
          const margin = codes[row] === 1 ? margins![row]! : -margins![row]!;
          return Math.log1p(Math.exp(-Math.abs(margin))) + Math.max(-margin, 0);
        }),
    };
  return {
    outputs,
    start: logs,
    derive(margins, into) {
      for (let row = 0; row < count; row++) {
        const sum = exponentials(margins, row, probabilities);
        const weight = weights[row]!;
        for (let output = 0; output < outputs; output++) {
          const p = probabilities[output]! / sum;
          into[output]!.gradients[row] = weight * (codes[row] === output ? p - 1 : p);
          into[output]!.hessians[row] = weight * p * (1 - p);
        }
      }
    },
    mean: (margins, rows) =>
      meanOf(rows, weights, (row) => {
        const sum = exponentials(margins, row, probabilities);
        return Math.log(sum) - Math.log(Math.max(probabilities[codes[row]!]!, Number.MIN_VALUE));
      }),
  };
}

/** Writes exp(margin − largest) by output and answers their sum. */
function exponentials(margins: readonly Float64Array[], row: number, into: Float64Array): number {
  let largest = -Infinity;
  for (let output = 0; output < into.length; output++)
    largest = Math.max(largest, margins[output]![row]!);
  let sum = 0;
  for (let output = 0; output < into.length; output++) {
    into[output] = Math.exp(margins[output]![row]! - largest);
    sum += into[output]!;
  }
  return sum;
}

function meanOf(rows: Int32Array, weights: Float64Array, loss: (row: number) => number): number {
  let [sum, total] = [0, 0];
  for (const row of rows) {
    sum += weights[row]! * loss(row);
    total += weights[row]!;
  }
  return sum / total;
}
