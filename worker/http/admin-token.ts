// Who may move aliases: the holder of the token whose SHA-256 is configured. Without one there is no such address.

import { ProblemError } from '#contract/problem.ts';
import { checkApiKey, parseKeyHashes } from './api-keys.ts';

/** Who it is, for the history. Throws ProblemError: unknown_route without `setting`, unauthorized without the token. */
export async function checkAdminToken(
  request: Request,
  setting: string | undefined,
): Promise<string> {
  const hashes = parseKeyHashes(setting, 'ADMIN_TOKEN_SHA256');
  if (hashes.length === 0) throw new ProblemError('unknown_route', 'nothing is at this address');
  const hash = await checkApiKey(request, hashes);
  return `admin token ${hash.slice(0, 8)}`;
}
