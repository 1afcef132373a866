// A parser's fault with the file's name before it.

import { ParseError } from '#contract/shapes/parse.ts';
import { DataError } from '../data-error.ts';

/** Throws DataError where `parse` throws ParseError. */
export function parseFile<T>(file: string, text: string, parse: (text: string) => T): T {
  try {
    return parse(text);
  } catch (cause) {
    if (!(cause instanceof ParseError)) throw cause;
    throw new DataError(`${file}: ${cause.message}`, { cause });
  }
}
