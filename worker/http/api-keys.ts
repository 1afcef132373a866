// Optional API keys. The configuration holds only their SHA-256, so it is no secret worth stealing; comparing takes the same
// time for every wrong key.

import { sha256 } from '#contract/hash.ts';
import { ProblemError } from '#contract/problem.ts';

const HASH = /^[0-9a-f]{64}$/;

/** The hashes in `setting`, separated by commas or white space. Throws for anything that is not one. */
export function parseKeyHashes(setting: string | undefined, name = 'API_KEYS'): readonly string[] {
  const hashes = (setting ?? '').split(/[\s,]+/).filter((part) => part !== '');
  const wrong = hashes.find((hash) => !HASH.test(hash));
  if (wrong !== undefined) throw new Error(`${name} must be SHA-256 hashes in lower-case hex`);
  return hashes;
}

/** The hash of the request's key. Throws ProblemError (unauthorized) when it has none of the accepted ones. */
export async function checkApiKey(request: Request, hashes: readonly string[]): Promise<string> {
  const key = givenKey(request);
  if (key === null) throw new ProblemError('unauthorized', 'send Authorization: Bearer <API key>');
  const given = await sha256(new TextEncoder().encode(key));
  let accepted = false;
  for (const hash of hashes) if (sameText(given, hash)) accepted = true;
  if (!accepted) throw new ProblemError('unauthorized', 'the API key is not known here');
  return given;
}

function givenKey(request: Request): string | null {
  const header = request.headers.get('x-api-key');
  if (header !== null) return header;
  return /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? null;
}

/** Compares two texts of equal length without ending early. */
function sameText(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let index = 0; index < a.length; index++)
    difference |= a.charCodeAt(index) ^ b.charCodeAt(index);
  return difference === 0;
}
