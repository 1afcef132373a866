// A small picture of a distribution, in one line of text.

const BARS = '▁▂▃▄▅▆▇█';

/** One bar a count, the highest the full height; what is not nothing is at least the lowest bar, nothing is a space. */
export function sparkline(counts: readonly number[]): string {
  const highest = Math.max(...counts, 0);
  return counts
    .map((count) => (count === 0 ? ' ' : BARS[Math.ceil((count / highest) * BARS.length) - 1]!))
    .join('');
}

/** How many of `numbers` are in each of `bins` equal parts of their range. */
export function histogram(numbers: readonly number[], bins: number): readonly number[] {
  const counts = new Array<number>(bins).fill(0);
  let [lowest, highest] = [Infinity, -Infinity];
  for (const number of numbers) {
    lowest = Math.min(lowest, number);
    highest = Math.max(highest, number);
  }
  const width = (highest - lowest) / bins;
  for (const number of numbers) {
    const bin = width === 0 ? 0 : Math.floor((number - lowest) / width);
    counts[Math.min(bin, bins - 1)]!++;
  }
  return counts;
}
