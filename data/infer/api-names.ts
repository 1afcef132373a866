// Names for the API where headers give none, or the same twice.

import { apiName } from '#contract/signature.ts';

/** A day takes three names of an encoded row. */
const DATE_PARTS = ['_year', '_month', '_weekday'];

/**
 * By header: the name it must be given, where its own is taken or cannot be had. `isDate` says which columns take the
 * names of a day's parts as well.
 */
export function renamed(
  headers: readonly string[],
  isDate: (header: string) => boolean,
): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const names = new Map<string, string>();
  headers.forEach((header, index) => {
    const wanted = ownName(header);
    const base = wanted ?? `column_${index + 1}`;
    const fits = (name: string): boolean =>
      namesOf(name, isDate(header)).every((one) => !taken.has(one));
    let name = base;
    for (let suffix = 2; !fits(name); suffix++) name = `${base}_${suffix}`;
    for (const one of namesOf(name, isDate(header))) taken.add(one);
    if (name !== wanted) names.set(header, name);
  });
  return names;
}

const namesOf = (name: string, isDate: boolean): readonly string[] =>
  isDate ? [name, ...DATE_PARTS.map((part) => name + part)] : [name];

/** Null for a header without a letter or digit of ASCII. */
function ownName(header: string): string | null {
  return /[a-z0-9]/i.test(header.normalize('NFKD')) ? apiName(header) : null;
}
