// YAML as DVC reads and writes it.

import { parse, stringify } from 'yaml';
import { ParseError } from '#contract/shapes/parse.ts';

/** Throws ParseError at the root when the text is no YAML. */
export function parseYaml(text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    const [first] = (cause as Error).message.split('\n');
    throw new ParseError('', `is not YAML: ${first}`, { cause });
  }
}

/** Keys in the order given, lists not indented, single quotes where quotes are needed; leaves out what is undefined. */
export const yamlText = (value: object): string =>
  stringify(value, { indentSeq: false, singleQuote: true, lineWidth: 0, keepUndefined: false });
