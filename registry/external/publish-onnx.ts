// Somebody's model.onnx becomes a version: looked into, tried here, proven in workerd, then published like any other.

import { readFile } from 'node:fs/promises';
import { CHAMPION } from '#contract/registry/aliases.ts';
import { MODEL_BYTES } from '#contract/registry/gate.ts';
import { sha256 } from '#contract/hash.ts';
import { isModelName } from '#contract/registry/keys.ts';
import { FORMAT_VERSION, type ManifestDraft } from '#contract/manifest.ts';
import type { DatedStore } from '#contract/registry/object-store.ts';
import { inspectOnnx, type OnnxFile } from '#engine/onnx/inspect.ts';
import { prove, type Proof } from '#engine/proof/prove.ts';
import { bringModel, type BroughtModel } from './external-model.ts';
import type { Outcome } from '../outcome.ts';
import type { ModelFile } from './parse-model-file.ts';
import { promoteVersion } from '../promote-version.ts';
import { saidOf, writeDraft, type Saying } from './read-signature.ts';
import { upload, type UploadOptions } from '../upload.ts';

export interface OnnxOptions extends Saying, UploadOptions {
  readonly name?: string;
  /** Where to write what the file says of its signature, instead of publishing. */
  readonly draftSignature?: string;
  /** It is not run in workerd before it is published. */
  readonly withoutProof: boolean;
  readonly override?: string;
  readonly acceptSignatureChange: boolean;
  readonly by: string;
}

/** Throws with the name of the operator, tensor or limit that stands in the way. */
export async function publishOnnx(
  store: DatedStore,
  path: string,
  { name, draftSignature, withoutProof, ...options }: OnnxOptions,
): Promise<Outcome> {
  if (draftSignature !== undefined) return draftOnly(path, draftSignature);
  if (name === undefined || !isModelName(name))
    throw new Error('what the model is called is not said, or no name: --name churn (a-z, 0-9, -)');
  const bytes = await readModel(path);
  const file = inspectOnnx(bytes);
  const said = await saidOf(path, file, options);
  const now = (): number => performance.now();
  const brought = await bringModel({ path, bytes, file, said, now });
  const { isPacked, trial, run_ms } = brought;
  const proof = withoutProof ? null : await prove(bytes, { ...trial, isPacked, now });
  const known = { said, file, brought, sha256: await sha256(bytes), at: options.at };
  const files = { 'model.onnx': bytes };
  const { manifest, added } = await upload(store, draftOf(name, known), files, options);
  const promoted = await promoteVersion(store, name, {
    ...options,
    alias: CHAMPION,
    to: manifest.version,
    reason: 'brought as an ONNX file',
  });
  const what = added ? 'published' : 'already published as';
  const text = [
    `${path}: ${brought.text}`,
    proof === null ? 'not proven in workerd' : proofText(proof),
    `${what} ${name} version ${manifest.version} in ${store.location}`,
    promoted.text,
  ].join('\n');
  const fields = { ...promoted.fields, task: brought.kind.task, added, trial: { run_ms }, proof };
  return { ...promoted, fields, text };
}

async function draftOnly(path: string, to: string): Promise<Outcome> {
  const missing = await writeDraft(path, inspectOnnx(await readModel(path)), to);
  const text = [
    `wrote ${to}: what ${path} says of its rows`,
    ...missing.map((each) => `still to say: ${each}`),
  ].join('\n');
  return { fields: { draft: to, missing }, text };
}

async function readModel(path: string): Promise<Uint8Array> {
  const bytes = new Uint8Array(await readFile(path));
  if (bytes.length > MODEL_BYTES)
    throw new Error(
      `${path} is too large for the edge: ${bytes.length} bytes, at most ${MODEL_BYTES}`,
    );
  return bytes;
}

const proofText = ({ load_ms, run_ms, memory_bytes }: Proof): string =>
  `proven in workerd: loaded in ${load_ms.toFixed(0)} ms with the runtime's start, run in ${run_ms.toFixed(1)} ms over HTTP, ` +
  `${(memory_bytes / 1_048_576).toFixed(0)} MiB of linear memory; the answers are the same to the bit`;

interface Known {
  readonly said: ModelFile;
  readonly file: OnnxFile;
  readonly brought: BroughtModel;
  /** Of the file. */
  readonly sha256: string;
  readonly at: string;
}

/** What is not known of such a model is empty: no metrics, no rows, no proof of parity. */
function draftOf(model: string, { said, file, brought, sha256, at }: Known): ManifestDraft {
  const { title, description, examples } = said;
  return {
    format_version: FORMAT_VERSION,
    model,
    title: title ?? model,
    description: description ?? `A model that was brought as an ONNX file.`,
    ...brought.kind,
    tensors: brought.tensors,
    examples,
    data: {
      dataset: 'unknown',
      sha256,
      rows: 0,
      source: 'unknown: the hash is the ONNX file’s own',
    },
    training: {
      algorithm: 'onnx',
      parameters: { operators: file.operators, opsets: file.opsets },
      seed: 0,
      code_commit: null,
      tools: { producer: file.producer === '' ? 'unknown' : file.producer },
    },
    metrics: { folds: 0, model: {}, dummy: {}, permutation_importance: {} },
    parity: { rows: 0, label_differences: 0, max_difference: 0 },
    created_at: at,
  };
}
