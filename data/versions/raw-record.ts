// raw/<hash>.json and raw/current.json: what is known of a raw table, and which one counts.

import {
  parseCount,
  parseJson,
  parseObject,
  ParseError,
  parseText,
} from '#contract/shapes/parse.ts';

export interface RawRecord {
  readonly format_version: 1;
  /** Name of the table beside this record: the first twelve digits of its hash, `.csv`. */
  readonly file: string;
  /** Lower-case hex. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly rows: number;
  /** One line; says "synthetic" when the table is. */
  readonly source: string;
  readonly synthetic: boolean;
  /** The name it came with. */
  readonly original_name: string;
}

/** A raw table is named by its content, so that another one never takes its place. */
export const rawFile = (sha256: string): string => `${sha256.slice(0, 12)}.csv`;

/** Whether a name in raw/ is one that `rawFile` gives. */
export const isRawFile = (name: string): boolean => /^[0-9a-f]{12}\.csv$/.test(name);

/** Parses a record. Throws ParseError with the pointer of the first fault. */
export function parseRawRecord(text: string): RawRecord {
  const object = parseObject(parseJson(text), '');
  if (object.format_version !== 1) throw new ParseError('/format_version', 'must be 1');
  const sha256 = parseText(object.sha256, '/sha256');
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new ParseError('/sha256', 'must be a SHA-256 in hex');
  const file = parseText(object.file, '/file');
  if (file !== rawFile(sha256)) throw new ParseError('/file', `must be ${rawFile(sha256)}`);
  if (typeof object.synthetic !== 'boolean')
    throw new ParseError('/synthetic', 'must be true or false');
  return {
    format_version: 1,
    file,
    sha256,
    size: parseCount(object.size, '/size'),
    rows: parseCount(object.rows, '/rows'),
    source: parseText(object.source, '/source'),
    synthetic: object.synthetic,
    original_name: parseText(object.original_name, '/original_name'),
  };
}
