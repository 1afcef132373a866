// A cell of a CSV file as the value a row of JSON would have: where a number belongs, text that is a number becomes one.

import type { Feature } from '../signature.ts';

/** What a row of JSON may hold for a feature. */
export type RowValue = string | number | boolean | null;

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Ways to write true and false, in lower case. */
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['t', true],
  ['yes', true],
  ['y', true],
  ['1', true],
  ['false', false],
  ['f', false],
  ['no', false],
  ['n', false],
  ['0', false],
]);

/** true or false by any of their names, whatever the case; null for any other text. */
export const booleanOf = (text: string): boolean | null =>
  BOOLEANS.get(text.trim().toLowerCase()) ?? null;

/** An empty cell is null (not known). Text that is no number, boolean or day is left for the encoder to refuse. */
export function cellValue(feature: Feature, text: string): RowValue {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  switch (feature.type) {
    case 'category':
      return text;
    case 'number':
      return NUMBER.test(trimmed) ? Number(trimmed) : text;
    case 'boolean':
      return booleanOf(trimmed) ?? text;
    case 'date':
      return trimmed;
  }
}
