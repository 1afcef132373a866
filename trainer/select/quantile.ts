// Quantiles, as everyone's default has them.

/** Linear between the two neighbours (Hyndman and Fan 1996, type 7). `ascending` has at least one number. */
export function quantile(ascending: ArrayLike<number>, share: number): number {
  const at = (ascending.length - 1) * share;
  const [below, above] = [ascending[Math.floor(at)]!, ascending[Math.ceil(at)]!];
  return below + (above - below) * (at - Math.floor(at));
}
