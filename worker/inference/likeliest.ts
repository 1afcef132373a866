// From probabilities to labels: the first of the greatest, everywhere.

/** The index of each row's greatest value; the first of equal ones. */
export function likeliest(outputs: Float32Array, rows: number, width: number): readonly number[] {
  return Array.from({ length: rows }, (_, row) => {
    let best = 0;
    for (let index = 1; index < width; index++)
      if (outputs[row * width + index]! > outputs[row * width + best]!) best = index;
    return best;
  });
}
