// Whether a table writes 3.14 or 3,14.

import { parseNumber } from '../read/parse-number.ts';

/** What more cells can only be read with; "1,234" and "1.234" can be read with both, so they decide nothing. */
export function decimalOf(columns: readonly (readonly string[])[]): '.' | ',' {
  let [points, commas] = [0, 0];
  for (const texts of columns) {
    for (const text of new Set(texts)) {
      const [point, comma] = [parseNumber(text, '.'), parseNumber(text, ',')];
      if (point !== null && comma === null) points++;
      if (comma !== null && point === null) commas++;
    }
  }
  return commas > points ? ',' : '.';
}
