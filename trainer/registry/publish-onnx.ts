// Somebody's model.onnx becomes a version: looked into, tried in the runtime that serves it, then published like any other.

import { readFile } from 'node:fs/promises';
import { CHAMPION } from '#contract/aliases.ts';
import { createEncoder, type Findings } from '#contract/encode-row.ts';
import { MODEL_BYTES } from '#contract/gate.ts';
import { sha256 } from '#contract/hash.ts';
import { isModelName } from '#contract/keys.ts';
import { FORMAT_VERSION, type ManifestDraft } from '#contract/manifest.ts';
import type { ObjectStore } from '#contract/object-store.ts';
import { publish } from '#contract/registry.ts';
import { checkServable } from '../onnx/check-servable.ts';
import { inspectOnnx } from '../onnx/inspect.ts';
import { tryModel } from '../onnx/try-model.ts';
import type { Outcome } from './outcome.ts';
import { parseModelFile, type ModelFile } from './parse-model-file.ts';
import { promoteVersion } from './promote-version.ts';
import { signerOf } from './signing-keys.ts';
import { trialRows } from './trial-rows.ts';

export interface OnnxOptions {
  readonly name?: string;
  /** A JSON file; docs/operate.md shows one. */
  readonly signature?: string;
  readonly override?: string;
  readonly acceptSignatureChange: boolean;
  readonly by: string;
  readonly at: string;
}

/** Throws with the name of the operator, tensor or limit that stands in the way. */
export async function publishOnnx(
  store: ObjectStore,
  path: string,
  { name, signature: signaturePath, ...options }: OnnxOptions,
): Promise<Outcome> {
  if (name === undefined || !isModelName(name))
    throw new Error('what the model is called is not said, or no name: --name churn (a-z, 0-9, -)');
  const bytes = new Uint8Array(await readFile(path));
  if (bytes.length > MODEL_BYTES)
    throw new Error(
      `${path} is too large for the edge: ${bytes.length} bytes, at most ${MODEL_BYTES}`,
    );
  const file = inspectOnnx(bytes);
  if (signaturePath === undefined)
    throw new Error(
      `what goes in and comes out is not said: --signature <file> (${path} takes ${file.inputs.map(({ name }) => name).join(', ')}, ` +
        `gives ${file.outputs.map(({ name }) => name).join(', ')}; docs/operate.md shows a signature)`,
    );
  const said = parseModelFile(await readFile(signaturePath, 'utf8'));
  const { signature } = said;
  const { width, encodeRow } = createEncoder(signature);
  const servable = checkServable(file, { signature, width });
  if (!('input' in servable)) throw new Error(`${path} cannot be served: ${servable.join('; ')}`);

  const rows = [...said.examples.map(({ row }) => row), ...trialRows(signature)];
  const values = new Float32Array(rows.length * width);
  const findings: Findings = { faults: [], warnings: [] };
  rows.forEach((row, place) => encodeRow(row, values, place * width, '', findings));
  const now = (): number => performance.now();
  const trial = await tryModel(bytes, servable, {
    signature,
    rows: { values, count: rows.length },
    now,
  });

  const input = { ...servable.input, shape: [-1, width] };
  const tensors = { inputs: [input], outputs: [servable.output] };
  const draft = draftOf(name, { said, file, tensors, sha256: await sha256(bytes), at: options.at });
  const sign = await signerOf(process.env);
  const { manifest, added } = await publish(store, draft, { 'model.onnx': bytes }, { sign });
  const promoted = await promoteVersion(store, name, {
    ...options,
    alias: CHAMPION,
    to: manifest.version,
    reason: 'brought as an ONNX file',
  });
  const what = added ? 'published' : 'already published as';
  const text = [
    `${path}: ${file.operators.join(', ')}; a row takes ${(trial.row_ms * 1000).toFixed(0)} µs here`,
    `${what} ${name} version ${manifest.version} in ${store.location}`,
    promoted.text,
  ].join('\n');
  return { ...promoted, fields: { ...promoted.fields, added, trial }, text };
}

interface Known {
  readonly said: ModelFile;
  readonly file: ReturnType<typeof inspectOnnx>;
  readonly tensors: ManifestDraft['tensors'];
  /** Of the file. */
  readonly sha256: string;
  readonly at: string;
}

/** What is not known of such a model is empty: no metrics, no rows, no proof of parity. */
function draftOf(model: string, { said, file, tensors, sha256, at }: Known): ManifestDraft {
  const { signature, title, description, examples } = said;
  return {
    format_version: FORMAT_VERSION,
    model,
    title: title ?? model,
    description: description ?? `A model that was brought as an ONNX file.`,
    task: signature.target.type === 'category' ? 'classification' : 'regression',
    signature,
    tensors,
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
