// Rows × weights and back, in blocks of eight products: what a linear model's fit spends its time on. What is loaded from
// memory serves more than once, and each sum is stored once for four products.

/** What `rows` [count, columns] times `weights` [columns, outputs] gives is added to `into` [count, outputs]. */
export function addProducts(
  rows: Float64Array,
  columns: number,
  weights: Float64Array,
  outputs: number,
  into: Float64Array,
): void {
  const count = into.length / outputs;
  const [wholeRows, wholeColumns] = [count - (count % 2), columns - (columns % 4)];
  for (let row = 0; row < wholeRows; row += 2) {
    const [from, next] = [row * columns, (row + 1) * columns];
    const [at, beside] = [row * outputs, (row + 1) * outputs];
    for (let column = 0; column < wholeColumns; column += 4) {
      const a = rows[from + column]!;
      const b = rows[from + column + 1]!;
      const c = rows[from + column + 2]!;
      const d = rows[from + column + 3]!;
      const e = rows[next + column]!;
      const f = rows[next + column + 1]!;
      const g = rows[next + column + 2]!;
      const h = rows[next + column + 3]!;
      let weight = column * outputs;
      for (let output = 0; output < outputs; output++, weight++) {
        const p = weights[weight]!;
        const q = weights[weight + outputs]!;
        const r = weights[weight + 2 * outputs]!;
        const s = weights[weight + 3 * outputs]!;
        into[at + output]! += a * p + b * q + c * r + d * s;
        into[beside + output]! += e * p + f * q + g * r + h * s;
      }
    }
  }
  const addOne = (row: number, column: number): void => {
    const value = rows[row * columns + column]!;
    for (let output = 0; output < outputs; output++)
      into[row * outputs + output]! += value * weights[column * outputs + output]!;
  };
  for (let row = 0; row < wholeRows; row++)
    for (let column = wholeColumns; column < columns; column++) addOne(row, column);
  for (let row = wholeRows; row < count; row++)
    for (let column = 0; column < columns; column++) addOne(row, column);
}

/** What `rows` [count, columns], transposed, times `slopes` [count, outputs] gives is added to `into` [columns, outputs]. */
export function addTransposedProducts(
  rows: Float64Array,
  columns: number,
  slopes: Float64Array,
  outputs: number,
  into: Float64Array,
): void {
  const count = slopes.length / outputs;
  const [wholeRows, wholeColumns] = [count - (count % 4), columns - (columns % 2)];
  for (let row = 0; row < wholeRows; row += 4) {
    const from = row * columns;
    for (let column = 0; column < wholeColumns; column += 2) {
      const place = from + column;
      const a = rows[place]!;
      const b = rows[place + columns]!;
      const c = rows[place + 2 * columns]!;
      const d = rows[place + 3 * columns]!;
      const e = rows[place + 1]!;
      const f = rows[place + columns + 1]!;
      const g = rows[place + 2 * columns + 1]!;
      const h = rows[place + 3 * columns + 1]!;
      const [at, beside] = [column * outputs, (column + 1) * outputs];
      let slope = row * outputs;
      for (let output = 0; output < outputs; output++, slope++) {
        const p = slopes[slope]!;
        const q = slopes[slope + outputs]!;
        const r = slopes[slope + 2 * outputs]!;
        const s = slopes[slope + 3 * outputs]!;
        into[at + output]! += a * p + b * q + c * r + d * s;
        into[beside + output]! += e * p + f * q + g * r + h * s;
      }
    }
  }
  const addOne = (row: number, column: number): void => {
    const value = rows[row * columns + column]!;
    for (let output = 0; output < outputs; output++)
      into[column * outputs + output]! += value * slopes[row * outputs + output]!;
  };
  for (let row = 0; row < wholeRows; row++)
    for (let column = wholeColumns; column < columns; column++) addOne(row, column);
  for (let row = wholeRows; row < count; row++)
    for (let column = 0; column < columns; column++) addOne(row, column);
}
