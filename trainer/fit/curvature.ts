// What the loss of a linear model is curved like, near enough to know at once how far to go in which direction: columns that
// say much the same pull together, and a search that knows so needs a few steps rather than dozens.

import type { Design } from './design.ts';

/** Columns beyond which only their own curvature is reckoned with: the other would be their number squared. */
const MOST_COLUMNS = 400;

export interface CurvatureOptions {
  readonly design: Design;
  /** By row. */
  readonly weights: Float64Array;
  /** Second derivative of one row's loss by its margin. */
  readonly loss: number;
  readonly l2: number;
}

/** Solves (loss · XᵀX + l2 · I) x = `vector` in place, for a model of one output; the last of `vector` is the intercept's. */
export function createCurvature(options: CurvatureOptions): (vector: Float64Array) => void {
  const { design, loss, l2 } = options;
  const size = design.width + 1;
  const squares = size <= MOST_COLUMNS ? squaresOf(options) : diagonalOf(options);
  const isWhole = size <= MOST_COLUMNS;
  const step = isWhole ? size + 1 : 1;
  for (let index = 0; index < squares.length; index++) squares[index]! *= loss;
  // The intercept is not held down; a trifle keeps a column that says nothing from being divided by.
  for (let column = 0; column < size; column++)
    squares[column * step]! +=
      (column < design.width ? l2 : 0) + 1e-9 * (1 + squares[column * step]!);
  if (!isWhole)
    return (vector) => {
      for (let column = 0; column < size; column++) vector[column]! /= squares[column]!;
    };
  decompose(squares, size);
  return (vector) => solve(squares, size, vector);
}

/**
 * Calls `visit` with the columns of each row that are not 0, and their values; the last one is the intercept. Columns come in the
 * order of the features, which is not ascending: those of missing values are numbered before those of categories.
 */
function eachRow(
  { design, weights }: CurvatureOptions,
  visit: (columns: Int32Array, values: Float64Array, size: number, weight: number) => void,
): void {
  const { numbers, values, ones, onePlaces, width } = design;
  const places = onePlaces.length;
  const columns = new Int32Array(numbers.length + places + 1);
  const found = new Float64Array(columns.length).fill(1);
  for (let column = 0; column < numbers.length; column++) columns[column] = column;
  for (let row = 0; row < weights.length; row++) {
    let size = numbers.length;
    for (let column = 0; column < size; column++)
      found[column] = values[row * numbers.length + column]!;
    for (let place = 0; place < places; place++) {
      const column = ones[row * places + place]!;
      if (column !== -1) columns[size++] = column;
    }
    columns[size++] = width;
    visit(columns, found, size, weights[row]!);
  }
}

/** XᵀX, its lower half: of each pair of columns the larger one is the row. */
function squaresOf(options: CurvatureOptions): Float64Array {
  const size = options.design.width + 1;
  const squares = new Float64Array(size * size);
  eachRow(options, (columns, values, count, weight) => {
    for (let i = 0; i < count; i++) {
      const value = weight * values[i]!;
      const column = columns[i]!;
      for (let j = 0; j <= i; j++) {
        const other = columns[j]!;
        const cell = other < column ? column * size + other : other * size + column;
        squares[cell]! += value * values[j]!;
      }
    }
  });
  return squares;
}

function diagonalOf(options: CurvatureOptions): Float64Array {
  const squares = new Float64Array(options.design.width + 1);
  eachRow(options, (columns, values, count, weight) => {
    for (let i = 0; i < count; i++) squares[columns[i]!]! += weight * values[i]! ** 2;
  });
  return squares;
}

/** What a pivot may fall below 0 by rounding, as a share of its diagonal. */
const ROUNDING = 1e-6;

/** A = L·Lᵀ (Cholesky), in place, from A's lower half. Throws where A is not positive semidefinite. */
function decompose(matrix: Float64Array, size: number): void {
  for (let row = 0; row < size; row++)
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * size + column]!;
      const diagonal = sum;
      for (let k = 0; k < column; k++) sum -= matrix[row * size + k]! * matrix[column * size + k]!;
      if (row === column && !(sum >= -ROUNDING * diagonal))
        throw new Error(`curvature of column ${row} is not positive: ${sum} of ${diagonal}`);
      matrix[row * size + column] =
        row === column ? Math.sqrt(Math.max(sum, 1e-12)) : sum / matrix[column * size + column]!;
    }
}

function solve(lower: Float64Array, size: number, vector: Float64Array): void {
  for (let row = 0; row < size; row++) {
    let sum = vector[row]!;
    for (let k = 0; k < row; k++) sum -= lower[row * size + k]! * vector[k]!;
    vector[row] = sum / lower[row * size + row]!;
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = vector[row]!;
    for (let k = row + 1; k < size; k++) sum -= lower[k * size + row]! * vector[k]!;
    vector[row] = sum / lower[row * size + row]!;
  }
}
