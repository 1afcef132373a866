// The keys of provenance from the environment: the publisher's private key, and the public keys that are trusted.

import { checkWith, signWith, type CheckSigned, type Sign } from './signing.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** How new versions are signed; undefined without SIGNING_KEY. Throws when a key is there and cannot be read. */
export async function signerOf(environment: Environment): Promise<Sign | undefined> {
  const key = environment.SIGNING_KEY ?? '';
  const [trusted] = trustedKeys(environment);
  if (key === '') return undefined;
  if (trusted === undefined)
    throw new Error('SIGNING_KEY is set and TRUSTED_KEYS is not: its first is the public half');
  return signWith(key, trusted);
}

/** How signatures are checked; null without TRUSTED_KEYS. */
export async function checkerOf(environment: Environment): Promise<CheckSigned | null> {
  const keys = trustedKeys(environment);
  return keys.length === 0 ? null : checkWith(keys);
}

const trustedKeys = (environment: Environment): readonly string[] =>
  (environment.TRUSTED_KEYS ?? '').split(/[\s,]+/).filter((key) => key !== '');
