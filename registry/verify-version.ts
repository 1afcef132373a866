// Is a version still what was published? Every hash is derived again from the bytes that are there.

import Table from 'cli-table3';
import pc from 'picocolors';
import { sha256 } from '#contract/hash.ts';
import { stableJson } from '#contract/shapes/json.ts';
import { blobKey, manifestKey } from '#contract/registry/keys.ts';
import type { Manifest } from '#contract/manifest.ts';
import type { ObjectStore } from '#contract/registry/object-store.ts';
import { requireVersion } from '#contract/registry/registry.ts';
import type { CheckSigned } from '#contract/registry/signing.ts';

export interface FileCheck {
  readonly name: string;
  readonly size: number;
  /** Of the bytes that are there; null when there are none. */
  readonly sha256: string | null;
  readonly fault: string | null;
}

export interface Verification {
  readonly model: string;
  readonly version: string;
  readonly files: readonly FileCheck[];
  /** Who signed the manifest, or why that does not count. */
  readonly signature: { readonly detail: string; readonly trusted: boolean };
}

/** Throws when there is no such version, or its manifest cannot be read. */
export async function verifyVersion(
  store: ObjectStore,
  model: string,
  { version, check }: { readonly version: string; readonly check: CheckSigned | null },
): Promise<Verification> {
  const manifest = await requireVersion(store, model, version);
  const bytes = (await store.get(manifestKey(model, version)))?.bytes ?? new Uint8Array();
  const canonical = stableJson(manifest) === new TextDecoder().decode(bytes);
  const files: FileCheck[] = [
    {
      name: 'manifest.json',
      size: bytes.length,
      sha256: await sha256(bytes),
      fault: canonical ? null : 'is not spelled as it was published',
    },
  ];
  for (const [name, reference] of Object.entries(manifest.files)) {
    const found = (await store.get(blobKey(model, reference.sha256)))?.bytes;
    const derived = found === undefined ? null : await sha256(found);
    const size = found?.length ?? 0;
    files.push({ name, size, sha256: derived, fault: faultOf(reference, { size, derived }) });
  }
  return { model, version, files, signature: await signatureOf(manifest, check) };
}

async function signatureOf(
  manifest: Manifest,
  check: CheckSigned | null,
): Promise<Verification['signature']> {
  const fault = check === null ? null : await check(manifest);
  if (fault !== null) return { detail: `manifest ${fault}`, trusted: false };
  const { signed } = manifest;
  if (signed === undefined) return { detail: 'manifest is not signed', trusted: true };
  const note = check === null ? ' (not checked: TRUSTED_KEYS is not set)' : '';
  return { detail: `signed by ${signed.key_id}${note}`, trusted: true };
}

function faultOf(
  published: { readonly size: number; readonly sha256: string },
  { size, derived }: { readonly size: number; readonly derived: string | null },
): string | null {
  if (derived === null) return 'is missing';
  if (size !== published.size) return `has ${size} bytes, not ${published.size}`;
  return derived === published.sha256 ? null : 'has another hash';
}

export function verifyText({ model, version, files, signature }: Verification): string {
  const table = new Table({
    head: ['file', 'bytes', 'sha256', ''],
    style: { head: [], border: [] },
  });
  for (const { name, size, sha256: hash, fault } of files)
    table.push([
      name,
      String(size),
      hash ?? '',
      fault === null ? pc.green('as published') : pc.red(fault),
    ]);
  return `${model} version ${version}\n${table.toString()}\n${signature.detail}`;
}
