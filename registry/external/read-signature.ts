// What is known of an .onnx file besides its bytes: what the person said, or else what the file says itself.

import { readFile, writeFile } from 'node:fs/promises';
import { parseSignature } from '#contract/signature.ts';
import { draftSignature } from './draft-signature.ts';
import type { OnnxFile } from '#engine/onnx/inspect.ts';
import { NOTHING_SAID, parseModelFile, type ModelFile } from './parse-model-file.ts';

export interface Saying {
  /** A JSON file; docs/operate.md shows one. */
  readonly signature?: string;
  /** Publish it as a model of tensors, whatever it looks like. */
  readonly tensors?: boolean;
}

/** Throws with what is missing of a signature where the file takes rows and nothing more is said. */
export async function saidOf(
  path: string,
  file: OnnxFile,
  { signature, tensors = false }: Saying,
): Promise<ModelFile> {
  if (signature !== undefined) {
    const said = parseModelFile(await readFile(signature, 'utf8'));
    if (tensors && said.signature !== null)
      throw new Error(`a signature of rows and --tensors are not for one model: ${signature}`);
    return said;
  }
  const drafted = tensors ? null : draftSignature(file);
  if (drafted === null) return NOTHING_SAID;
  const { draft, missing } = drafted;
  if (missing.length === 0) return { ...NOTHING_SAID, signature: parseSignature(draft) };
  throw new Error(
    `${path} takes rows (${file.inputs.map(({ name }) => name).join(', ')}), and does not say ${missing.join('; ')}. ` +
      '--draft-signature <file> writes what it does say, to be completed and given as --signature <file>; ' +
      '--tensors publishes it for /v2 alone',
  );
}

/** Writes what the file says as the beginning of a signature file, and answers what is still missing. Overwrites nothing. */
export async function writeDraft(
  path: string,
  file: OnnxFile,
  to: string,
): Promise<readonly string[]> {
  const drafted = draftSignature(file);
  if (drafted === null)
    throw new Error(`${path} takes no rows, so it needs no signature: publish it without`);
  try {
    await writeFile(to, `${JSON.stringify(drafted.draft, null, 2)}\n`, { flag: 'wx' });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    throw new Error(`is there already, and is not overwritten: ${to}`, { cause });
  }
  return drafted.missing;
}
