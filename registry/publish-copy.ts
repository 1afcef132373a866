// A version of one registry becomes a version of another: what was trained and tried here goes to the deployed bucket.

import { CHAMPION } from '#contract/registry/aliases.ts';
import type { DatedStore } from '#contract/registry/object-store.ts';
import { readAliases, readFile, requireVersion } from '#contract/registry/registry.ts';
import type { Outcome } from './outcome.ts';
import type { OpenRegistry } from '#store/open-store.ts';
import { promoteVersion } from './promote-version.ts';
import { upload, type UploadOptions } from './upload.ts';

export interface CopyOptions extends UploadOptions {
  /** The registry that has the model. */
  readonly from?: string;
  /** The version there; its champion when not said. */
  readonly of?: string;
  readonly override?: string;
  readonly acceptSignatureChange: boolean;
  readonly by: string;
  readonly openOther: (registry: string) => Promise<OpenRegistry>;
}

/** Copies files by their hashes, adds the version under the next free number, and asks the gate. */
export async function publishCopy(
  store: DatedStore,
  model: string,
  { from, of, openOther, ...options }: CopyOptions,
): Promise<Outcome> {
  if (from === undefined)
    throw new Error('which registry has the model is not said: --from <where>');
  const other = await openOther(from);
  try {
    const version = of ?? (await readAliases(other.store, model)).aliases[CHAMPION];
    if (version === undefined)
      throw new Error(`no ${CHAMPION} in ${other.store.location}: ${model}`);
    const manifest = await requireVersion(other.store, model, version);
    const files: Record<string, Uint8Array> = {};
    for (const name of Object.keys(manifest.files))
      files[name] = await readFile(other.store, manifest, name);
    const { manifest: copy, added } = await upload(store, manifest, files, options);
    const promoted = await promoteVersion(store, model, {
      ...options,
      alias: CHAMPION,
      to: copy.version,
      reason: `copied from version ${version} of ${other.store.location}`,
    });
    const what = added ? 'published' : 'already published as';
    const line = `${what} ${model} version ${copy.version} in ${store.location}`;
    return {
      ...promoted,
      fields: { ...promoted.fields, added },
      text: `${line}\n${promoted.text}`,
    };
  } finally {
    await other.close();
  }
}
