// A term of a model that is a sum, and what it says of the features: attributions of terms add up as the terms do
// (linearity of Shapley values), so a boosting that starts from a linear model is explained by both.

export interface Additive {
  /** The term's answer to a row of which nothing is known, by output. */
  readonly expected: Float64Array;
  /**
   * Adds the attributions of the encoded row at `offset` of `rows` for outputs `first` up to `end` to `into`,
   * [features, end - first] row-major. Allocates nothing.
   */
  add(rows: Float32Array, offset: number, first: number, end: number, into: Float64Array): void;
}
