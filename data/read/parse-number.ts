// Numbers as tables write them: 1234.5, 1,234.5 where the point is decimal; 1234,5, 1.234,5 where the comma is.

const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** Thousands parted by the other mark: three digits each after the first, so that a mark in a wrong place is no number. */
const GROUPED = {
  '.': /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/,
  ',': /^[+-]?\d{1,3}(\.\d{3})+(,\d+)?$/,
} as const;

/** The number, or null when the text is none. "-0" is 0. */
export function parseNumber(text: string, decimal: '.' | ','): number | null {
  const [point, grouping] = decimal === '.' ? ['.', ','] : [',', '.'];
  const ungrouped = GROUPED[decimal].test(text) ? text.replaceAll(grouping, '') : text;
  // With a decimal comma, a point that parts no thousands is no part of a number.
  if (decimal === ',' && ungrouped.includes('.')) return null;
  const plain = ungrouped.replace(point, '.');
  if (!PLAIN.test(plain)) return null;
  const value = Number(plain);
  return value === 0 ? 0 : value;
}
