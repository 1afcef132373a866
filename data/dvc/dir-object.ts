// A folder as DVC stores it: one object `<md5>.dir` that lists its files. The list's own bytes are hashed, so they are
// written exactly as Python's json.dumps(list, sort_keys=True) writes them.

import {
  parseJson,
  parseList,
  parseObject,
  ParseError,
  parseText,
} from '#contract/shapes/parse.ts';
import { md5 } from './md5.ts';

export interface DirEntry {
  readonly md5: string;
  /** Steps parted by `/`, relative to the folder. */
  readonly relpath: string;
}

export const DIR = '.dir';

/** The bytes of the list. */
export function formatDirObject(entries: readonly DirEntry[]): string {
  const sorted = entries.toSorted((a, b) => byCodePoint(a.relpath, b.relpath));
  const items = sorted.map(
    (entry) => `{"md5": ${pythonText(entry.md5)}, "relpath": ${pythonText(entry.relpath)}}`,
  );
  return `[${items.join(', ')}]`;
}

/** The folder's name in storage: the hash of its list, `.dir` behind it. */
export const dirHash = (entries: readonly DirEntry[]): string =>
  `${md5(formatDirObject(entries))}${DIR}`;

/** Throws ParseError when it is no list, or names a file outside of the folder. */
export function parseDirObject(text: string): readonly DirEntry[] {
  return parseList(parseJson(text), '', (value, pointer) => {
    const entry = parseObject(value, pointer);
    return {
      md5: parseMd5(entry.md5, `${pointer}/md5`),
      relpath: parseInnerPath(entry.relpath, `${pointer}/relpath`),
    };
  });
}

export function parseMd5(value: unknown, pointer: string): string {
  const text = parseText(value, pointer);
  if (!/^[0-9a-f]{32}$/.test(text)) throw new ParseError(pointer, `is not an MD5: ${text}`);
  return text;
}

/** A path that stays in its folder, on every system. */
function parseInnerPath(value: unknown, pointer: string): string {
  const text = parseText(value, pointer);
  const steps = text.split('/');
  if (steps.some((step) => step === '' || step === '.' || step === '..' || /[\\\0]/.test(step)))
    throw new ParseError(pointer, `leaves its folder: ${JSON.stringify(text)}`);
  return text;
}

/** Python sorts texts by code point, JavaScript by UTF-16 unit: they differ above U+FFFF. */
export function byCodePoint(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  const place = left.findIndex((character, index) => character !== right[index]);
  if (place === -1) return left.length - right.length;
  if (right[place] === undefined) return 1;
  return left[place]!.codePointAt(0)! - right[place].codePointAt(0)!;
}

/** A text as json.dumps writes it: everything but printable ASCII escaped, by UTF-16 unit. */
const pythonText = (text: string): string =>
  JSON.stringify(text).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
