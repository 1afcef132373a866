// Bytes from outside → a raw table: from a file, standard input or Kaggle; a CSV, or the one CSV in a zip archive.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { DataError } from '../data-error.ts';
import { plain, quote } from './fault.ts';
import type { RawTable } from '../versions/raw-store.ts';
import { isZip, readZip } from './unzip.ts';
import { isErrno } from '../write-file.ts';

/** Reads the table in `file` (CSV, or a zip archive with one CSV). Throws DataError when it cannot be read. */
export async function readTableFile(file: string): Promise<RawTable> {
  const name = plain(path.basename(file));
  try {
    return tableOf(await readFile(file), name, `file ${name}`);
  } catch (cause) {
    if (isErrno(cause, 'ENOENT')) throw new DataError(`no such file: ${file}`, { cause });
    if (isErrno(cause, 'EISDIR')) throw new DataError(`a folder, not a file: ${file}`, { cause });
    throw cause;
  }
}

/** Reads the table that is piped in. */
export async function readTableStream(input: Readable): Promise<RawTable> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk));
  return tableOf(Buffer.concat(chunks), 'standard-input.csv', 'standard input');
}

/** What was downloaded from Kaggle. Throws DataError when it is no archive with one CSV. */
export function tableFromKaggle(bytes: Uint8Array, dataset: string): RawTable {
  if (!isZip(bytes)) {
    const start = quote(new TextDecoder().decode(bytes.subarray(0, 100)).trimStart());
    throw new DataError(`Kaggle's answer is no zip archive, it begins with ${start}: ${dataset}`);
  }
  return tableInZip(bytes, dataset, `Kaggle ${dataset}`);
}

function tableOf(bytes: Uint8Array, name: string, source: string): RawTable {
  if (isZip(bytes)) return tableInZip(bytes, name, source);
  return { bytes, name, source, synthetic: false };
}

function tableInZip(bytes: Uint8Array, archive: string, source: string): RawTable {
  const entries = readZip(bytes, archive);
  // macOS puts a twin of each file into __MACOSX/.
  const tables = entries.filter(
    ({ name }) => name.toLowerCase().endsWith('.csv') && !name.startsWith('__MACOSX/'),
  );
  const [table, ...others] = tables;
  if (table === undefined) throw new DataError(`${archive}: no CSV in the zip archive`);
  if (others.length > 0) {
    const names = tables.map((entry) => quote(entry.name)).join(', ');
    throw new DataError(`${archive}: several tables in the zip archive: ${names}`);
  }
  const name = plain(path.posix.basename(table.name));
  return { bytes: table.unpack(), name, source: `${source}, ${name}`, synthetic: false };
}
