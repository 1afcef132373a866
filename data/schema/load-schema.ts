// Finds a dataset by its folder: whatever has a schema.ts under the root is one.

import { access, readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseObject, ParseError } from '#contract/shapes/parse.ts';
import type { DatasetSchema } from '#contract/schema.ts';
import { DataError } from '../data-error.ts';
import { parseSchema } from './parse-schema.ts';

/** Loads `<root>/<name>/schema.ts`. Throws DataError when there is none or it is no schema. */
export async function loadSchema(root: string, name: string): Promise<DatasetSchema> {
  const known = await listDatasets(root);
  if (!known.includes(name))
    throw new DataError(`no such dataset: ${name} (there is: ${known.join(', ') || 'none'})`);
  try {
    return parseSchema(await loadDefault(root, name, 'schema.ts'), name);
  } catch (cause) {
    if (!(cause instanceof ParseError)) throw cause;
    throw new DataError(`${name}/schema.ts: ${cause.message}`, { cause });
  }
}

/** What `<root>/<name>/<file>` exports by default. Throws DataError when it cannot be imported. */
export async function loadDefault(root: string, name: string, file: string): Promise<unknown> {
  const place = path.resolve(root, name, file);
  try {
    return parseObject(await import(/* @vite-ignore */ pathToFileURL(place).href), '').default;
  } catch (cause) {
    const [first] = String((cause as Error).message).split('\n');
    throw new DataError(`${name}/${file}: cannot be imported: ${first}`, { cause });
  }
}

/** Names of the datasets under `root`, in order. Throws DataError when there is no such folder. */
async function listDatasets(root: string): Promise<readonly string[]> {
  const folders = await readdir(root, { withFileTypes: true }).catch((cause: unknown) => {
    throw new DataError(`no folder of datasets: ${root}`, { cause });
  });
  const names = folders.filter((folder) => folder.isDirectory()).map((folder) => folder.name);
  const found = await Promise.all(
    names.map((name) => access(path.join(root, name, 'schema.ts')).then(yes, no)),
  );
  return names.filter((_, index) => found[index]).sort();
}

const yes = (): boolean => true;
const no = (): boolean => false;
