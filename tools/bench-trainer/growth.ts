// How time and memory of a fit grow with the rows, family by family, each fit in a process of its own.

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FAMILIES, type Family } from './families.ts';

const run = promisify(execFile);
const SCRIPT = join(import.meta.dirname, 'grow.ts');

export const SIZES = [1_000, 10_000, 100_000] as const;

export interface Grown {
  /** Processor time of a fit. */
  readonly seconds: number;
  /** Bytes held before the fit and at most. */
  readonly before: number;
  readonly peak: number;
}

/** By family, then in the order of `SIZES`. */
export type Growth = Readonly<Record<Family, readonly Grown[]>>;

export async function measureGrowth(): Promise<Growth> {
  const grown: Record<Family, Grown[]> = { tree: [], forest: [], boosting: [], linear: [] };
  for (const family of FAMILIES)
    for (const rows of SIZES) {
      const { stdout } = await run(process.execPath, [SCRIPT, family, String(rows)]);
      grown[family].push(parseGrown(stdout));
    }
  return grown;
}

const parseGrown = (text: string): Grown => JSON.parse(text) as Grown;
