// A cell of a table that no schema describes, as the feature of a model that it is meant for.

import { booleanOf, type RowValue } from '#contract/features/cell.ts';
import type { Feature } from '#contract/signature.ts';
import { orderOf } from '../infer/column-type.ts';
import { isMissingMark } from '../infer/missing.ts';
import { parseDate } from './parse-date.ts';
import { parseNumber } from './parse-number.ts';

/** Answers the value of a text; a text that is none is answered as it is, for the encoder to refuse. */
export type CellReader = (text: string) => RowValue;

export interface CellFormat {
  readonly decimal: '.' | ',';
  /** Texts of the column, to tell how it writes days. */
  readonly sample: readonly string[];
}

export function createCellReader(feature: Feature, format: CellFormat): CellReader {
  const read = readerOf(feature, format);
  const known = new Set(feature.type === 'category' ? feature.categories : []);
  return (text) => {
    if (text === '' && !known.has('')) return null;
    return isMissingMark(text) && !known.has(text) ? null : read(text);
  };
}

function readerOf(feature: Feature, { decimal, sample }: CellFormat): CellReader {
  switch (feature.type) {
    case 'number':
      return (text) => parseNumber(text, decimal) ?? text;
    case 'boolean':
      return (text) => booleanOf(text) ?? text;
    case 'date': {
      const order = orderOf(sample);
      return (text) => parseDate(text, order) ?? text;
    }
    case 'category':
      return (text) => text;
  }
}
