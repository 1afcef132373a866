// A candidate in a line: `linear, l2 0.03`, and what became of it.

import type { Selection } from '#contract/model/metrics.ts';
import type { ModelSpec } from '#contract/spec.ts';

interface Named {
  readonly algorithm: string;
  readonly parameters: object;
}

/** `only` keeps the parameters that tell it apart from others. */
export function candidateText(
  { algorithm, parameters }: Named,
  only: (name: string) => boolean = () => true,
): string {
  const words = Object.entries(parameters)
    .filter(([name]) => only(name))
    .map(([name, value]) => `${name} ${String(value)}`);
  return [algorithm, ...words].join(', ');
}

/** Why a candidate is refused that has more than the budget allows. */
export const overBudget = (
  unit: keyof ModelSpec['budget'],
  found: number,
  budget: ModelSpec['budget'],
): string => `over budget: ${found} ${unit} > ${budget[unit]}`;

/** What became of the candidate at `place`: the first one within the budget was taken. Empty for the others. */
export function candidateRemark(candidates: Selection['candidates'], place: number): string {
  const { refused } = candidates[place]!;
  if (refused !== undefined) return refused;
  return place === candidates.findIndex((one) => one.refused === undefined) ? 'taken' : '';
}
