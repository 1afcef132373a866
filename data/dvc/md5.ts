// The name of everything in DVC's storage: MD5 of the bytes as they are, line ends and all.

import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';

export interface Digest {
  /** Lower-case hex. */
  readonly md5: string;
  /** Bytes. */
  readonly size: number;
}

export const md5 = (bytes: Uint8Array | string): string =>
  createHash('md5').update(bytes).digest('hex');

/** Bytes up to which a file is read at once, which for thousands of small ones is much faster than a stream each. */
const SMALL = 1 << 20;

/** A large file is read in pieces, so that its size does not matter. */
export async function md5OfFile(file: string): Promise<Digest> {
  if (statSync(file).size <= SMALL) {
    const bytes = readFileSync(file);
    return { md5: md5(bytes), size: bytes.length };
  }
  const hash = createHash('md5');
  let size = 0;
  await pipeline(createReadStream(file), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      hash.update(chunk);
      size += chunk.length;
    }
  });
  return { md5: hash.digest('hex'), size };
}
