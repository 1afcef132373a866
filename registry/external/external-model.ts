// An .onnx file with what is said of it → what a manifest says of its rows or its tensors, tried by the runtime that serves it.

import { takesPackedRows } from '#contract/features/bind-features.ts';
import type { ManifestDraft, TabularDraft, TensorDraft } from '#contract/manifest.ts';
import type { Signature } from '#contract/signature.ts';
import { checkServable } from './check-servable.ts';
import { checkTensors } from './check-tensors.ts';
import type { OnnxFile } from '#engine/onnx/inspect.ts';
import type { NamedTensors } from '#engine/onnx/session.ts';
import { tryModel } from './try-model.ts';
import { tryTensors } from './try-tensors.ts';
import type { ModelFile } from './parse-model-file.ts';
import { trialRows } from './trial-rows.ts';

export interface BroughtModel {
  readonly kind: Pick<TabularDraft, 'task' | 'signature'> | Pick<TensorDraft, 'task' | 'signature'>;
  readonly tensors: ManifestDraft['tensors'];
  /** What it was run on, and what it answered. */
  readonly trial: { readonly inputs: NamedTensors; readonly outputs: NamedTensors };
  readonly isPacked: boolean;
  /** Milliseconds of a run of one row, or of the made-up tensors, in node. */
  readonly run_ms: number;
  /** One line for people. */
  readonly text: string;
}

export interface BroughtFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly file: OnnxFile;
  readonly said: ModelFile;
  /** Milliseconds, from any start. */
  readonly now: () => number;
}

/** Throws with the name of the operator or tensor that stands in the way. */
export const bringModel = (brought: BroughtFile): Promise<BroughtModel> =>
  brought.said.signature === null
    ? bringTensors(brought)
    : bringRows(brought, brought.said.signature);

async function bringRows(
  { path, bytes, file, said, now }: BroughtFile,
  signature: Signature,
): Promise<BroughtModel> {
  const servable = checkServable(file, signature);
  if (!('inputs' in servable)) throw new Error(`${path} cannot be served: ${servable.join('; ')}`);
  const rows = [...said.examples.map(({ row }) => row), ...trialRows(signature)];
  const { output, row_ms, inputs, answer } = await tryModel(bytes, servable, {
    signature,
    rows,
    now,
  });
  const tensors = { inputs: servable.inputs, outputs: [output] };
  const took = `${servable.inputs.length} ${servable.inputs.length === 1 ? 'input' : 'inputs'}, ${file.operators.join(', ')}`;
  return {
    kind: {
      task: signature.target.type === 'category' ? 'classification' : 'regression',
      signature,
    },
    tensors,
    trial: { inputs, outputs: { [output.name]: answer } },
    isPacked: takesPackedRows(tensors),
    run_ms: row_ms,
    text: `a model of rows: ${took}; a row takes ${(row_ms * 1000).toFixed(0)} µs here`,
  };
}

async function bringTensors({ path, bytes, file, said, now }: BroughtFile): Promise<BroughtModel> {
  const servable = checkTensors(file);
  if (!('inputs' in servable)) throw new Error(`${path} cannot be served: ${servable.join('; ')}`);
  const names = servable.outputs.map(({ name }) => name);
  const strange = Object.keys(said.labels).find((name) => !names.includes(name));
  if (strange !== undefined)
    throw new Error(`labels are said of ${strange}, the model gives ${names.join(', ')}`);
  const { inputs, answers, outputs, run_ms } = await tryTensors(bytes, servable, {
    trial: said.trial,
    now,
  });
  const labelled = outputs.map((output) => {
    const labels = said.labels[output.name];
    return labels === undefined ? output : { ...output, labels };
  });
  for (const { name, shape, labels } of labelled)
    if (labels !== undefined && shape.at(-1) !== -1 && shape.at(-1) !== labels.length)
      throw new Error(
        `output ${name} gives ${shape.at(-1)} values, ${labels.length} labels are said`,
      );
  const list = servable.inputs.map(({ name }) => name).join(', ');
  return {
    kind: { task: 'tensors', signature: null },
    tensors: { inputs: servable.inputs, outputs: labelled },
    trial: { inputs, outputs: answers },
    isPacked: false,
    run_ms,
    text: `a model of tensors (${list} → ${names.join(', ')}), which /v2 serves: ${file.operators.join(', ')}; a run takes ${(run_ms * 1000).toFixed(0)} µs here`,
  };
}
