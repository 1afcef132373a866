// The rows of one node in the order of one feature: what a tree asks for at every node, for every feature it looks at.
// Few rows are put in order by insertion; many by their ranks' digits (radix sort, least digit first), in linear time.

import type { Range } from './orders.ts';

export interface NodeOrder {
  /** Rows by ascending rank, equals in the order they came in; places from `size` on mean nothing. */
  rows: Int32Array;
  /** The ranks of those rows. */
  ranks: Int32Array;
  size: number;
}

const FEW = 28;
const PLACE_BITS = 5;
/** Ranks that leave room for a place in one whole number of 31 bits. */
const MOST_PACKED = 2 ** (31 - PLACE_BITS);
const DIGIT_BITS = 8;
const DIGITS = 2 ** DIGIT_BITS;

/** Answers a function that orders `rows[range]` by `ranks`, always into the same result; false when all ranks are equal. */
export function createNodeOrder(count: number): {
  readonly order: NodeOrder;
  sort(rows: Int32Array, range: Range, ranks: Int32Array): boolean;
} {
  const order: NodeOrder = {
    rows: new Int32Array(count),
    ranks: new Int32Array(count),
    size: 0,
  };
  const packed = new Int32Array(FEW);
  const counts = new Int32Array(DIGITS);
  let spareRows: Int32Array = new Int32Array(count);
  let spareRanks: Int32Array = new Int32Array(count);

  function insert(rows: Int32Array, start: number, size: number): void {
    const { rows: into, ranks } = order;
    for (let place = 0; place < size; place++) {
      const key = (ranks[place]! << PLACE_BITS) | place;
      let at = place;
      for (; at > 0 && packed[at - 1]! > key; at--) packed[at] = packed[at - 1]!;
      packed[at] = key;
    }
    for (let place = 0; place < size; place++) {
      const key = packed[place]!;
      into[place] = rows[start + (key & (2 ** PLACE_BITS - 1))]!;
      ranks[place] = key >> PLACE_BITS;
    }
  }

  /** Sorts by the digit that is `shift` bits up, counted from `lowest`; there are `digits` of them at most. */
  function pass(lowest: number, shift: number, digits: number, size: number): void {
    const { rows, ranks } = order;
    const [intoRows, intoRanks] = [spareRows, spareRanks];
    counts.fill(0, 0, digits);
    for (let place = 0; place < size; place++)
      counts[((ranks[place]! - lowest) >> shift) & (DIGITS - 1)]!++;
    let next = 0;
    for (let digit = 0; digit < digits; digit++) {
      const found = counts[digit]!;
      counts[digit] = next;
      next += found;
    }
    for (let place = 0; place < size; place++) {
      const rank = ranks[place]!;
      const to = counts[((rank - lowest) >> shift) & (DIGITS - 1)]!++;
      intoRows[to] = rows[place]!;
      intoRanks[to] = rank;
    }
    [spareRows, spareRanks] = [rows, ranks];
    order.rows = intoRows;
    order.ranks = intoRanks;
  }

  return {
    order,
    sort(rows, { start, end }, ranks) {
      const size = end - start;
      const own = order.ranks;
      let lowest = ranks[rows[start]!]!;
      let highest = lowest;
      for (let place = 0; place < size; place++) {
        const rank = ranks[rows[start + place]!]!;
        own[place] = rank;
        if (rank < lowest) lowest = rank;
        else if (rank > highest) highest = rank;
      }
      order.size = size;
      if (lowest === highest) return false;
      if (size <= FEW && highest < MOST_PACKED) {
        insert(rows, start, size);
        return true;
      }
      for (let place = 0; place < size; place++) order.rows[place] = rows[start + place]!;
      for (let shift = 0; shift < 32 && (highest - lowest) >> shift > 0; shift += DIGIT_BITS)
        pass(lowest, shift, Math.min(DIGITS, ((highest - lowest) >> shift) + 1), size);
      return true;
    },
  };
}
