// A cell of a CSV file as the value a row of JSON would have: where a number belongs, text that is a number becomes one.

import type { Feature } from './signature.ts';

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** An empty cell is null (not known). Text that is no number is left for the encoder to refuse. */
export function cellValue(feature: Feature, text: string): string | number | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (feature.type === 'category') return text;
  return NUMBER.test(trimmed) ? Number(trimmed) : text;
}
