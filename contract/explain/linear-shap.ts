// What each feature adds to a linear term, exactly: what it says of the row, less what it says of the training rows on
// average, w (x - mean) for a number (Lundberg and Lee 2017, corollary 1). Every coalition sees the same difference, so
// its Shapley value is that difference.

import { termValue, type Linear } from '../model/linear.ts';
import type { Additive } from './additive.ts';

/** `features` are those of the values of an encoded row, by place. Throws RangeError when the terms are others. */
export function createLinearShap(
  { intercept, terms }: Linear,
  features: ArrayLike<number>,
): Additive {
  if (terms.length !== features.length)
    throw new RangeError(`${terms.length} terms for the ${features.length} values of a row`);
  const expected = Float64Array.from(intercept, (start, output) =>
    terms.reduce((sum, term) => sum + term.expected[output]!, start),
  );
  return {
    expected,
    add(rows, offset, first, end, into) {
      const stride = end - first;
      for (let place = 0; place < terms.length; place++) {
        const term = terms[place]!;
        const value = rows[offset + place]!;
        const at = features[place]! * stride - first;
        for (let output = first; output < end; output++)
          into[at + output]! += termValue(term, value, output) - term.expected[output]!;
      }
    },
  };
}
