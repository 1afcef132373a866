// Phrases that English says in several places.

import { numbersIn } from '../numbers.ts';

export const numbers = numbersIn('en', {
  underMillisecond: 'under 1 ms',
  seconds: (number) => `${number} s`,
  bytes: (number) => `${number} bytes`,
});
export const rows = (number: number): string =>
  number === 1 ? '1 row' : `${numbers.count(number)} rows`;
export const inUnit = (unit: string | null): string => (unit === null ? '' : ` ${unit}`);

/** Categories beyond this many are counted, not named. */
const NAMED = 4;

export function listed(all: readonly string[]): string {
  const more = all.length > NAMED ? ` and ${all.length - NAMED} more` : '';
  return `${all.slice(0, NAMED).join(', ')}${more}`;
}
