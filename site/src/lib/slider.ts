// A slider's stops: round numbers within what the model was trained on.

export interface Stops {
  readonly minimum: number;
  readonly maximum: number;
  readonly step: number;
}

/** About as many stops as a thumb can hit. */
const STOPS = 200;
/** 0.7 / 0.1 is 6.999…: what is this near to a stop is on it, in steps. */
const HAIR = 1e-6;

/** Steps of 1, 2 or 5 times a power of ten; one stop alone when training saw one value only. */
export function stopsOf(minimum: number, maximum: number): Stops {
  const width = maximum - minimum;
  if (!(width > 0)) return { minimum, maximum, step: 1 };
  const power = Math.floor(Math.log10(width / STOPS));
  const lead = width / STOPS / 10 ** power;
  const step = [1, 2, 5].find((size) => size >= lead) ?? 10;
  const size = step * 10 ** power;
  return {
    minimum: tidy(Math.ceil(minimum / size - HAIR) * step, power),
    maximum: tidy(Math.floor(maximum / size + HAIR) * step, power),
    step: tidy(step, power),
  };
}

/** `value` × 10^`power` as the nearest decimal says it: 12 × 10^-1 is 1.2, not 1.2000000000000002. */
const tidy = (value: number, power: number): number => Number(`${value}e${power}`);
