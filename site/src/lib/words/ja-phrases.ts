// Phrases that Japanese says in several places.

import { numbersIn } from '../numbers.ts';

export const numbers = numbersIn('ja', {
  underMillisecond: '1 ms 未満',
  seconds: (number) => `${number} 秒`,
  bytes: (number) => `${number} バイト`,
});

export const rows = (number: number): string => `${numbers.count(number)} 行`;

export const inUnit = (unit: string | null): string => (unit === null ? '' : ` ${unit}`);

/** Categories beyond this many are counted, not named. */
const NAMED = 4;

export function listed(all: readonly string[]): string {
  const more = all.length > NAMED ? ` ほか ${all.length - NAMED} 件` : '';
  return `${all.slice(0, NAMED).join('、')}${more}`;
}
