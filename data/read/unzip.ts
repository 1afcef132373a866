// Reads a zip archive (PKWARE APPNOTE 6.3) as far as downloads need it: stored and deflated files, checked by CRC-32.

import { crc32, inflateRawSync } from 'node:zlib';
import { DataError } from '../data-error.ts';
import { plain } from './fault.ts';

export interface ZipEntry {
  readonly name: string;
  /** The file's bytes. Throws DataError when they are damaged or packed in a way that is not read. */
  readonly unpack: () => Uint8Array;
}

const END = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;

/** More than a table may have (check-encoding.ts), so that a small archive cannot fill the memory. */
const LARGEST = 512 * 2 ** 20;

/** Whether the bytes begin as a zip archive does. */
export const isZip = (bytes: Uint8Array): boolean =>
  bytes.length >= 4 && Buffer.from(bytes.subarray(0, 4)).readUInt32LE() === LOCAL;

/** The files of an archive, without folders. Throws DataError on what is no archive or is cut off. */
export function readZip(bytes: Uint8Array, archive: string): readonly ZipEntry[] {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return readDirectory(zip, archive).filter((entry) => !entry.name.endsWith('/'));
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new DataError(`${archive}: damaged zip archive: it is cut off`, { cause });
  }
}

function readDirectory(zip: Buffer, archive: string): ZipEntry[] {
  const end = zip.lastIndexOf(END);
  if (end === -1) throw new DataError(`${archive}: no zip archive, or one that is cut off`);
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  if (count === 0xffff || at === 0xffffffff)
    throw new DataError(`${archive}: too large a zip archive (zip64): unpack it first`);
  const entries: ZipEntry[] = [];
  for (let index = 0; index < count; index++) {
    if (zip.readUInt32LE(at) !== CENTRAL)
      throw new DataError(`${archive}: damaged zip archive: its directory breaks off`);
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const place = at;
    entries.push({ name, unpack: () => unpack(zip, place, `${archive}, ${plain(name)}`) });
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

/** Unpacks the file whose directory entry is at `at`. */
function unpack(zip: Buffer, at: number, file: string): Uint8Array {
  const encrypted = (zip.readUInt16LE(at + 8) & 1) === 1;
  if (encrypted) throw new DataError(`${file}: needs a password`);
  const method = zip.readUInt16LE(at + 10);
  const checksum = zip.readUInt32LE(at + 16);
  const packedSize = zip.readUInt32LE(at + 20);
  const size = zip.readUInt32LE(at + 24);
  if (size > LARGEST) throw new DataError(`${file}: larger than ${LARGEST} bytes: unpack it first`);
  if (method !== STORED && method !== DEFLATED)
    throw new DataError(`${file}: packed by method ${method}: unpack it first`);
  try {
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + packedSize);
    const bytes =
      method === STORED ? packed : inflateRawSync(packed, { maxOutputLength: size + 1 });
    if (bytes.length === size && crc32(bytes) === checksum) return bytes;
  } catch (cause) {
    throw new DataError(`${file}: damaged in the zip archive`, { cause });
  }
  throw new DataError(`${file}: damaged in the zip archive`);
}
