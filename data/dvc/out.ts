// What DVC tracks: a file or folder by its hash, as .dvc pointers and dvc.lock write it.

import { parseCount, parseObject, ParseError, parseText } from '#contract/shapes/parse.ts';
import { DIR, parseMd5 } from './dir-object.ts';

export interface Out {
  /** As written: relative to the folder that the file which names it speaks of. */
  readonly path: string;
  /** Lower-case hex, with `.dir` behind it for a folder. */
  readonly md5: string;
  /** Bytes; of a folder, of all its files. */
  readonly size: number | null;
  /** Files in a folder. */
  readonly nfiles: number | null;
}

export const isFolder = ({ md5 }: Pick<Out, 'md5'>): boolean => md5.endsWith(DIR);

/** Throws ParseError, also on what DVC has and Gharial does not speak: the hashes of DVC 2, versions kept by the cloud. */
export function parseOut(value: unknown, pointer: string): Out {
  const out = parseObject(value, pointer);
  if (out.hash !== 'md5')
    throw new ParseError(`${pointer}/hash`, 'must be md5 (what DVC 2 wrote: dvc cache migrate)');
  const name = parseText(out.md5, `${pointer}/md5`);
  const hex = name.endsWith(DIR) ? name.slice(0, -DIR.length) : name;
  parseMd5(hex, `${pointer}/md5`);
  return {
    path: parseText(out.path, `${pointer}/path`),
    md5: name,
    size: out.size === undefined ? null : parseCount(out.size, `${pointer}/size`),
    nfiles: out.nfiles === undefined ? null : parseCount(out.nfiles, `${pointer}/nfiles`),
  };
}
