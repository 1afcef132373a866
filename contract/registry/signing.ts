// Who made a version: an Ed25519 signature (RFC 8032, by WebCrypto) over its manifest, which holds the hash of every file.

import { sha256 } from '../hash.ts';
import { stableJson } from '../shapes/json.ts';
import type { Manifest, Signed } from '../manifest.ts';

const ED25519 = { name: 'Ed25519' };

/** Signs a manifest as it will be written; one per private key. */
export type Sign = (manifest: Manifest) => Promise<Signed>;

/** Answers null for a manifest that a trusted key signed, or what is wrong. */
export type CheckSigned = (manifest: Manifest) => Promise<string | null>;

/** A key pair as text: the private key in PKCS #8, the public one raw, both base64. */
export async function createKeys(): Promise<{ private_key: string; public_key: string }> {
  const pair = (await crypto.subtle.generateKey(ED25519, true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair;
  const [pkcs8, raw] = await Promise.all([
    crypto.subtle.exportKey('pkcs8', pair.privateKey),
    crypto.subtle.exportKey('raw', pair.publicKey),
  ]);
  return { private_key: toBase64(pkcs8 as ArrayBuffer), public_key: toBase64(raw as ArrayBuffer) };
}

/** Throws when the text is no private key. */
export async function signWith(privateKey: string, publicKey: string): Promise<Sign> {
  const bytes = fromBase64(privateKey, 'private key');
  const key = await crypto.subtle
    .importKey('pkcs8', bytes, ED25519, false, ['sign'])
    .catch((cause: unknown) => {
      throw new Error('signing key is no Ed25519 private key in PKCS #8, base64', { cause });
    });
  const key_id = await keyId(publicKey);
  return async (manifest) => {
    const signature = await crypto.subtle.sign(ED25519, key, payloadOf(manifest));
    return { key_id, signature: toBase64(signature) };
  };
}

/** Throws when one of the texts is no public key. */
export async function checkWith(publicKeys: readonly string[]): Promise<CheckSigned> {
  const keys = new Map<string, CryptoKey>();
  for (const text of publicKeys) keys.set(await keyId(text), await importPublic(text));
  return async (manifest) => {
    if (manifest.signed === undefined) return 'is not signed';
    const { key_id, signature } = manifest.signed;
    const key = keys.get(key_id);
    if (key === undefined) return `is signed by a key that is not trusted: ${key_id}`;
    const bytes = fromBase64(signature, 'signature');
    const holds = await crypto.subtle.verify(ED25519, key, bytes, payloadOf(manifest));
    return holds ? null : `is not what ${key_id} signed`;
  };
}

async function importPublic(text: string): Promise<CryptoKey> {
  const bytes = fromBase64(text, 'public key');
  return crypto.subtle
    .importKey('raw', bytes, ED25519, false, ['verify'])
    .catch((cause: unknown) => {
      throw new Error('trusted key is no raw Ed25519 public key, base64', { cause });
    });
}

/** 16 hex digits that name a public key. */
async function keyId(publicKey: string): Promise<string> {
  return (await sha256(fromBase64(publicKey, 'public key'))).slice(0, 16);
}

/** The manifest as it is written, but for the signature itself. */
function payloadOf(manifest: Manifest): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(new TextEncoder().encode(stableJson({ ...manifest, signed: undefined })));
}

function toBase64(buffer: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(buffer)));
}

function fromBase64(text: string, what: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch (cause) {
    throw new Error(`${what} is not base64`, { cause });
  }
}
