// Bytes that are no longer what they were: flipped, cut, repeated, of another encoding, packed and half packed.

import { joined, packed, utf8 } from '../conformance/bytes.ts';
import type { Random } from '../../trainer/table/random.ts';

type Bytes = Uint8Array<ArrayBuffer>;
type Mutation = (bytes: Bytes, random: Random) => Bytes;

const part = (bytes: Bytes, random: Random): readonly [from: number, to: number] => {
  const from = random.below(bytes.length + 1);
  return [from, Math.min(bytes.length, from + 1 + random.below(40))];
};

const noise = (length: number, random: Random): Bytes =>
  Uint8Array.from({ length }, () => random.below(256));

const MUTATIONS: readonly Mutation[] = [
  (bytes, random) => {
    const flipped = bytes.slice();
    const flips = 1 + random.below(8);
    for (let flip = 0; flip < flips && bytes.length > 0; flip++)
      flipped[random.below(bytes.length)]! ^= 1 << random.below(8);
    return flipped;
  },
  (bytes, random) => bytes.slice(0, random.below(bytes.length + 1)),
  (bytes, random) => bytes.slice(0, -1 - random.below(4)),
  (bytes, random) => {
    const [from, to] = part(bytes, random);
    return joined(bytes.subarray(0, from), bytes.subarray(to));
  },
  (bytes, random) => {
    const [from, to] = part(bytes, random);
    return joined(bytes.subarray(0, to), bytes.subarray(from));
  },
  (bytes, random) => {
    const [from] = part(bytes, random);
    return joined(
      bytes.subarray(0, from),
      noise(1 + random.below(20), random),
      bytes.subarray(from),
    );
  },
  (bytes) => joined(Uint8Array.of(0xef, 0xbb, 0xbf), bytes),
  (bytes) =>
    Uint8Array.from(
      bytes.length * 2 > 4_000_000 ? [] : Array.from(bytes).flatMap((byte) => [byte, 0]),
    ),
  (bytes, random) =>
    joined(bytes, utf8([' ', '\n', '\0', '}', ']', '"', ',', '\r\n\r\n', '{}'][random.below(9)]!)),
  (_, random) => noise(random.below(200), random),
  () => new Uint8Array(),
];

export const mutatedBytes: Mutation = (bytes, random) =>
  MUTATIONS[random.below(MUTATIONS.length)]!(bytes, random);

export interface Packed {
  readonly bytes: Bytes;
  readonly coding: string;
}

const ZEROS = new Uint8Array(8_000_000);
let bomb: Promise<Bytes> | null = null;

/** `bytes` under a content coding: truly packed, packed and damaged, not packed at all, or grown a thousandfold. */
export async function underCoding(bytes: Bytes, random: Random): Promise<Packed> {
  const coding = random.below(2) === 0 ? 'gzip' : 'deflate';
  switch (random.below(8)) {
    case 0:
      return { bytes, coding };
    case 1:
      return { bytes: mutatedBytes(await packed(bytes, coding), random), coding };
    case 2:
      return { bytes: await packed(bytes, coding), coding: coding === 'gzip' ? 'deflate' : 'gzip' };
    case 3:
      return {
        bytes: await packed(bytes, coding),
        coding: ['br', 'gzip, gzip', 'x', 'identity', ' GZIP '][random.below(5)]!,
      };
    case 4:
      bomb ??= packed(ZEROS, 'gzip');
      return { bytes: await bomb, coding: 'gzip' };
    default:
      return { bytes: await packed(bytes, coding), coding };
  }
}
