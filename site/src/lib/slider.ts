// A slider's stops: round numbers within what the model was trained on.

export interface Stops {
  readonly minimum: number;
  readonly maximum: number;
  readonly step: number;
}

/** About as many stops as a thumb can hit. */
const STOPS = 200;

/** Steps of 1, 2 or 5 times a power of ten; one stop alone when training saw one value only. */
export function stopsOf(minimum: number, maximum: number): Stops {
  const width = maximum - minimum;
  if (!(width > 0)) return { minimum, maximum, step: 1 };
  const power = Math.floor(Math.log10(width / STOPS));
  const lead = width / STOPS / 10 ** power;
  const step = [1, 2, 5].find((size) => size >= lead) ?? 10;
  const at = (stop: number): number => tidy(stop * step, power);
  const size = 10 ** power;
  return {
    minimum: at(Math.ceil(minimum / (step * size))),
    maximum: at(Math.floor(maximum / (step * size))),
    step: tidy(step, power),
  };
}

/** `value` × 10^`power` as the nearest decimal says it: 12 × 10^-1 is 1.2, not 1.2000000000000002. */
const tidy = (value: number, power: number): number => Number(`${value}e${power}`);
