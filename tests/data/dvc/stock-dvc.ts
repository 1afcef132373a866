// Stock DVC, where there is one: $DVC_BIN, or `dvc` on the PATH.

import { execFileSync } from 'node:child_process';

const ENVIRONMENT = { ...process.env, DVC_NO_ANALYTICS: '1' };

/** Its command, or null. */
export const DVC =
  ['dvc', process.env.DVC_BIN ?? '']
    .toReversed()
    .find((command) => command !== '' && isDvc3(command)) ?? null;

/** Runs it in `folder`; throws with what it says on stderr when it fails. */
export function dvc(folder: string, ...words: string[]): string {
  const options = { cwd: folder, env: ENVIRONMENT, encoding: 'utf8' } as const;
  return execFileSync(DVC!, words, options).trim();
}

function isDvc3(command: string): boolean {
  try {
    return execFileSync(command, ['--version'], { env: ENVIRONMENT }).toString().startsWith('3.');
  } catch {
    return false;
  }
}
