// Before the worker's tests: a model is trained as a user trains one, by the command lines, on the synthetic table. Its files
// are handed into workerd, where no file system is.

import { execFile } from 'node:child_process';
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, sep } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { ROOT } from '../../tools/wrangler.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Objects of the registry: base64 by key. */
    realRegistry: Readonly<Record<string, string>>;
  }
}

export const REAL_MODEL = 'real-crocodile';

const RAW = new Set(['raw', 'interim', 'processed', 'external']);
const run = promisify(execFile);

/** Trees upon a linear model, and a date among the features: sums and encodings at their most delicate. */
const SPEC = `import spec from '#models/crocodile-species/spec.ts';

const candidates = spec.candidates.filter(({ algorithm }) => algorithm === 'boosted_linear');
const features = [...spec.features, 'Date of Observation'];
export default { ...spec, model: '${REAL_MODEL}', folds: 2, features, candidates };
`;

export default async function trainReal(project: TestProject): Promise<void> {
  // Inside the repository, because specs and schemas import from it.
  mkdirSync(join(ROOT, '.scratch'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, '.scratch', 'real-'));
  try {
    const [data, registry] = [join(folder, 'data'), join(folder, 'registry')];
    const dataset = join('data', 'crocodile');
    cpSync(join(ROOT, dataset), join(folder, dataset), {
      recursive: true,
      filter: (path) => !RAW.has(basename(path)),
    });
    const spec = join(folder, 'models', REAL_MODEL);
    mkdirSync(spec, { recursive: true });
    writeFileSync(join(spec, 'spec.ts'), SPEC);
    await script('data/cli.ts', '--root', data);
    const roots = ['--spec-root', folder, '--data-root', data, '--registry', registry];
    await script('trainer/cli.ts', '--model', REAL_MODEL, ...roots, '--parity-rows', '200');
    project.provide('realRegistry', objectsOf(registry));
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

function objectsOf(folder: string): Record<string, string> {
  const files = globSync('**/*', { cwd: folder, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const key = path
        .slice(folder.length + 1)
        .split(sep)
        .join('/');
      return [key, readFileSync(path).toString('base64')];
    }),
  );
}

async function script(path: string, ...args: string[]): Promise<void> {
  await run(process.execPath, [join(ROOT, path), ...args], { cwd: ROOT });
}
