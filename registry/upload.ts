// Files go into a registry where somebody may watch: a bar while they go, and no byte twice when a try before was cut off.

import { SingleBar } from 'cli-progress';
import { blobsPrefix } from '#contract/registry/keys.ts';
import type { ManifestDraft } from '#contract/manifest.ts';
import type { DatedStore } from '#contract/registry/object-store.ts';
import { publish, type Publication } from '#contract/registry/registry.ts';
import { signerOf } from '#contract/registry/signing-keys.ts';

export interface UploadOptions {
  /** ISO 8601, UTC: now. */
  readonly at: string;
  /** Where the bar is drawn, if it is a terminal; null for none. */
  readonly out: NodeJS.WriteStream | null;
}

/** Files that no version names are swept a day after they were written; half of that is surely not too late. */
const LEFT_MS = 12 * 3_600_000;

/** As `publish`, signed where the environment has a key. */
export async function upload(
  store: DatedStore,
  draft: ManifestDraft,
  files: Readonly<Record<string, Uint8Array>>,
  { at, out }: UploadOptions,
): Promise<Publication> {
  const sign = await signerOf(process.env);
  const bar = createBar(out);
  const sizes = Object.values(files).map(({ length }) => length);
  bar?.start(
    sizes.reduce((sum, size) => sum + size, 0),
    0,
    { name: '' },
  );
  try {
    const left = await leftBlobs(store, draft.model, new Date(Date.parse(at) - LEFT_MS));
    return await publish(store, draft, files, {
      sign,
      left,
      onFile: ({ name, size, written }) =>
        bar?.increment(size, { name: written ? name : `${name} (was there)` }),
    });
  } finally {
    bar?.stop();
  }
}

/** Files of a model that were written after `since`. */
async function leftBlobs(
  store: DatedStore,
  model: string,
  since: Date,
): Promise<ReadonlySet<string>> {
  const entries = await store.entries(blobsPrefix(model));
  return new Set(entries.filter(({ modified }) => modified > since).map(({ key }) => key));
}

function createBar(out: NodeJS.WriteStream | null): SingleBar | null {
  if (out === null || !out.isTTY) return null;
  const format = '  upload {bar} {value}/{total} bytes  {name}';
  return new SingleBar({ format, stream: out, clearOnComplete: true, hideCursor: true });
}
