// A text becomes one of ten thousand buckets: the same everywhere, whoever computes it. A canary of weight w has the first
// w · 100 of them, so that more weight moves keys to it and none away.

/** A bucket is a hundredth of a percent. */
export const BUCKETS = 10_000;

/** FNV-1a over the text's code units, then the last mixing steps of MurmurHash3, without which like texts stay neighbours. */
export function bucketOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % BUCKETS;
}

/** Whether `key` is among the `percent` of all keys that `salt` picks. */
export const isPicked = (salt: string, key: string, percent: number): boolean =>
  bucketOf(`${salt}/${key}`) < Math.round(percent * 100);
