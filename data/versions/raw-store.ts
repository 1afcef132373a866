// <name>/raw/: tables as they came, never changed and never removed.
//
//   <hash>.csv     the bytes, named by the first digits of their SHA-256
//   <hash>.json    where they came from
//   current.json   the record of the table that counts; written last

import { readdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { sha256 } from '#contract/hash.ts';
import { stableJson } from '#contract/shapes/json.ts';
import { ParseError } from '#contract/shapes/parse.ts';
import { DataError } from '../data-error.ts';
import { isRawFile, parseRawRecord, rawFile, type RawRecord } from './raw-record.ts';
import { isErrno, readIfThere, writeIfStale, writeWhole } from '../write-file.ts';

/** A table as it came, before it is stored. */
export interface RawTable {
  readonly bytes: Uint8Array;
  /** The name it came with. */
  readonly name: string;
  /** Where from, in one line. */
  readonly source: string;
  readonly synthetic: boolean;
}

/** The record of the table that counts, or null when there is none. Throws DataError on an unreadable one. */
export async function readCurrent(root: string, name: string): Promise<RawRecord | null> {
  return await readRecord(root, name, 'current.json');
}

/** The record of the table with this SHA-256, whether it counts today or not; null when it is not here. */
export async function readRecordOf(
  root: string,
  name: string,
  sha256: string,
): Promise<RawRecord | null> {
  const record = await readRecord(root, name, recordFile(rawFile(sha256)));
  return record?.sha256 === sha256 ? record : null;
}

/** The bytes a record tells of. Throws DataError when they are missing or were altered. */
export async function loadRaw(root: string, name: string, record: RawRecord): Promise<Uint8Array> {
  const shown = `${name}/raw/${record.file}`;
  const again = `take the table again with: npm run data -- --dataset ${name} --from FILE`;
  const bytes = await readIfThere(path.join(root, name, 'raw', record.file));
  if (bytes === null) throw new DataError(`${shown}: missing; ${again}`);
  const hash = await sha256(bytes);
  if (hash !== record.sha256)
    throw new DataError(
      `${shown}: altered: its SHA-256 is ${hash} in place of ${record.sha256}; ${again}`,
    );
  return bytes;
}

/**
 * Stores a checked table of `rows` rows and makes it the one that counts.
 * A table that was there before keeps its first record; all others stay where they are.
 */
export async function storeRaw(
  root: string,
  name: string,
  table: RawTable,
  rows: number,
): Promise<RawRecord> {
  const folder = path.join(root, name, 'raw');
  const hash = await sha256(table.bytes);
  const file = rawFile(hash);
  await keepAltered(folder, file, hash);
  await writeIfStale(path.join(folder, file), table.bytes);

  const known = await readRecord(root, name, recordFile(file));
  const record: RawRecord = known ?? {
    format_version: 1,
    file,
    sha256: hash,
    size: table.bytes.length,
    rows,
    source: table.source,
    synthetic: table.synthetic,
    original_name: table.name,
  };
  const text = new TextEncoder().encode(stableJson(record));
  await writeIfStale(path.join(folder, recordFile(file)), text);
  await writeWhole(path.join(folder, 'current.json'), text);
  return record;
}

/** Tables someone laid into raw/ by hand: they count for nothing until they are taken. */
export async function listUntaken(root: string, name: string): Promise<readonly string[]> {
  const folder = path.join(root, name, 'raw');
  const files = await readdir(folder).catch((error: unknown): string[] => {
    if (isErrno(error, 'ENOENT')) return [];
    throw error;
  });
  return files.filter((file) => /\.csv$/i.test(file) && !isRawFile(file)).sort();
}

/** When someone edited the file that is to be written again, their version moves to the name of its own hash. */
async function keepAltered(folder: string, file: string, hash: string): Promise<void> {
  const there = await readIfThere(path.join(folder, file));
  if (there === null) return;
  const its = await sha256(there);
  if (its !== hash) await rename(path.join(folder, file), path.join(folder, rawFile(its)));
}

async function readRecord(root: string, name: string, file: string): Promise<RawRecord | null> {
  const bytes = await readIfThere(path.join(root, name, 'raw', file));
  if (bytes === null) return null;
  try {
    return parseRawRecord(bytes.toString());
  } catch (cause) {
    if (!(cause instanceof ParseError)) throw cause;
    throw new DataError(`${name}/raw/${file}: ${cause.message}`, { cause });
  }
}

const recordFile = (file: string): string => file.replace(/\.csv$/, '.json');
