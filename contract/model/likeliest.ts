// From probabilities to a label, by the contract's rule.

/** Place of the largest value; the first of equals. */
export function likeliest(probabilities: ArrayLike<number>): number {
  let best = 0;
  for (let place = 1; place < probabilities.length; place++)
    if (probabilities[place]! > probabilities[best]!) best = place;
  return best;
}
