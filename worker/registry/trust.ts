// Whose versions serve: those that a configured key signed, or all where none is configured.

import { manifestKey } from '#contract/registry/keys.ts';
import type { Manifest } from '#contract/manifest.ts';
import { IntegrityError } from '#contract/registry/registry.ts';
import { checkWith } from '#contract/registry/signing.ts';

/** Throws IntegrityError for a manifest that no trusted key signed. */
export type Trust = (manifest: Manifest) => Promise<void>;

/** `setting`: Ed25519 public keys, raw, base64, separated by commas or white space. */
export function createTrust(setting: string | undefined): Trust {
  const keys = (setting ?? '').split(/[\s,]+/).filter((key) => key !== '');
  if (keys.length === 0) return () => Promise.resolve();
  // Asked once a version and isolate, so the keys are read each time.
  return async (manifest) => {
    const check = await checkWith(keys);
    const fault = await check(manifest);
    if (fault !== null)
      throw new IntegrityError(manifestKey(manifest.model, manifest.version), fault);
  };
}
