// What took part in a run besides the data: the code's commit and the versions of the tools.

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface Provenance {
  /** With `+changes` when the checkout had any; null outside of git. */
  readonly codeCommit: string | null;
  /** By name; `gharial` and `node` among them. */
  readonly tools: Readonly<Record<string, string>>;
}

/** Packages whose version can change a model or its proof. */
export const PACKAGES = ['ml-cart', 'onnxruntime-web', 'protobufjs'];

export async function provenanceOf(root: string): Promise<Provenance> {
  const { version, dependencies } = parsePackage(
    await readFile(join(root, 'package.json'), 'utf8'),
  );
  const versions = PACKAGES.map((name) => [name, dependencies[name] ?? 'unknown'] as const);
  return {
    codeCommit: await codeCommitOf(root),
    tools: { gharial: version, node: process.versions.node, ...Object.fromEntries(versions) },
  };
}

async function codeCommitOf(root: string): Promise<string | null> {
  const git = async (...words: string[]): Promise<string> => {
    const { stdout } = await promisify(execFile)('git', ['-C', root, ...words]);
    return stdout.trim();
  };
  try {
    const [commit, changes] = await Promise.all([
      git('rev-parse', 'HEAD'),
      git('status', '--porcelain'),
    ]);
    return changes === '' ? commit : `${commit}+changes`;
  } catch {
    // No git, no checkout or no commit yet: all the same to a manifest, which then says null.
    return null;
  }
}

interface Package {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

const parsePackage = (text: string): Package => JSON.parse(text) as Package;
