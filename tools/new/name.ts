// What the new dataset and its model are called.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isModelName } from '#contract/registry/keys.ts';

export interface Place {
  readonly name: string;
  /** The name it would have, were that not taken; else null. */
  readonly instead: string | null;
  readonly schemaFile: string;
  readonly specFile: string;
}

export interface NameOptions {
  /** Holds data/ and models/. */
  readonly root: string;
  /** As asked for; else the name is made from `file`. */
  readonly name: string | undefined;
  readonly file: string;
  readonly force: boolean;
}

/** Where the new files go. A name that was made up moves out of the way of what is there; one that was asked for does not. */
export function placeFor({ root, name, file, force }: NameOptions): Place {
  if (name !== undefined && !isModelName(name))
    throw new Error(`not a name: ${name} (lower case letters, digits and hyphens)`);
  const wanted = name ?? nameOf(file);
  let place = placeOf(root, wanted);
  if (force || !isTaken(place)) return place;
  if (name !== undefined)
    throw new Error(
      `there is one already: ${join('data', name)} or ${join('models', name)} (--force writes over it)`,
    );
  for (let suffix = 2; isTaken(place); suffix++) place = placeOf(root, `${wanted}-${suffix}`);
  return { ...place, instead: wanted };
}

const placeOf = (root: string, name: string): Place => ({
  name,
  instead: null,
  schemaFile: join(root, 'data', name, 'schema.ts'),
  specFile: join(root, 'models', name, 'spec.ts'),
});

const isTaken = ({ schemaFile, specFile }: Place): boolean =>
  existsSync(schemaFile) || existsSync(specFile);

/** `House Prices (2024).csv` → `house-prices-2024`. */
function nameOf(file: string): string {
  const stem = file.replace(/\.[a-z0-9]{1,4}$/i, '');
  const name = stem
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  return name === '' ? 'table' : name;
}
