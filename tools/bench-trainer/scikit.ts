// scikit-learn, where there is a python that has it: the same rows, the same folds, its own defaults.

import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Family } from './families.ts';
import type { BenchTable } from './tables.ts';

const SCRIPT = join(import.meta.dirname, 'scikit.py');
const run = promisify(execFile);

export interface Scikit {
  readonly results: Readonly<
    Record<
      Family,
      { readonly loss: number; readonly accuracy: number | null; readonly seconds: number }
    >
  >;
  readonly peak_bytes: number;
}

/** scikit-learn's version; null when `python` has none. */
export async function findScikit(python: string): Promise<string | null> {
  try {
    const { stdout } = await run(python, ['-c', 'import sklearn; print(sklearn.__version__)']);
    return stdout.trim();
  } catch {
    // No python, or none with scikit-learn: the benchmark then measures the trainer alone.
    return null;
  }
}

export async function exportTables(python: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await run(python, [SCRIPT, 'export', folder]);
}

export async function askScikit(
  python: string,
  folder: string,
  { name, table, folds, cells }: BenchTable,
): Promise<Scikit> {
  const [rows, task] = [join(folder, `${name}.rows.csv`), join(folder, `${name}.folds.json`)];
  const features = table.signature.features;
  const lines = cells.map((line) =>
    line.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','),
  );
  const header = [...features.map((_, place) => `x${place}`), 'target'].join(',');
  await writeFile(rows, `${[header, ...lines].join('\n')}\n`);
  const asked = {
    task: table.target.type === 'category' ? 'classification' : 'regression',
    kinds: features.map(({ type }) => type),
    folds: folds.map(({ training, heldOut }) => ({
      training: [...training],
      heldOut: [...heldOut],
    })),
  };
  await writeFile(task, JSON.stringify(asked));
  const { stdout } = await run(python, [SCRIPT, 'fit', rows, task], { maxBuffer: 2 ** 24 });
  return parseScikit(stdout);
}

const parseScikit = (text: string): Scikit => JSON.parse(text) as Scikit;
