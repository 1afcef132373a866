// A published version, ready to answer on this machine.

import { takesPackedRows } from '#contract/features/bind-features.ts';
import { isTabular, type TabularManifest } from '#contract/manifest.ts';
import type { ObjectStore } from '#contract/registry/object-store.ts';
import { readFile } from '#contract/registry/registry.ts';
import { findManifest } from '#contract/registry/find-manifest.ts';
import { openSession, type Session } from '#engine/onnx/session.ts';

export interface OpenVersion {
  readonly manifest: TabularManifest;
  readonly session: Session;
}

/** `version` is a number or an alias. Throws, naming what there is, when there is no such model or version. */
export async function openVersion(
  store: ObjectStore,
  model: string,
  version: string,
): Promise<OpenVersion> {
  const manifest = await findManifest(store, model, version);
  if (!isTabular(manifest))
    throw new Error(`${model} takes tensors and not rows: ask it at /v2/models/${model}/infer`);
  if (!takesPackedRows(manifest.tensors))
    throw new Error(
      `${model} ${manifest.version} takes columns of its own types: ask the API (POST /v1/models/${model}/predict takes CSV)`,
    );
  const [input] = manifest.tensors.inputs;
  const output = manifest.tensors.outputs.find(({ datatype }) => datatype === 'FP32');
  if (input === undefined || output === undefined)
    throw new Error(`${model} ${manifest.version} has no float32 tensors to go in and out`);
  const onnx = await readFile(store, manifest, 'model.onnx');
  return { manifest, session: await openSession(onnx, { input, output }) };
}
