// Many tests at once: the share of false findings among the findings is held below a level.

/**
 * Adjusted p-values of Benjamini & Hochberg, "Controlling the false discovery rate" (1995), in the order of `p`. A test
 * counts as a finding when its adjusted value is at most the level. Holds for independent and for positively dependent
 * tests, which features that drift together are.
 */
export function adjustedP(p: readonly number[]): readonly number[] {
  const order = p.map((_, index) => index).sort((a, b) => p[b]! - p[a]!);
  const adjusted = new Array<number>(p.length).fill(1);
  let least = 1;
  order.forEach((index, place) => {
    const rank = p.length - place;
    least = Math.min(least, (p[index]! * p.length) / rank);
    adjusted[index] = least;
  });
  return adjusted;
}
