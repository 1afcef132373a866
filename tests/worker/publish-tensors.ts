// The fixtures without rows, published into the bucket of the Worker under test.

import type { TensorDraft } from '#contract/manifest.ts';
import { promote, publish } from '#contract/registry/registry.ts';
import { DATATYPES, type Datatype } from '#contract/tensors/tensor.ts';
import { draftOf } from '../contract/draft.ts';
import { fixtureBytes } from './fixture-bytes.ts';
import { registry } from './tiny-model.ts';

const DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** As `npm run publish` writes them. */
const TENSORS: Readonly<Record<string, TensorDraft['tensors']>> = {
  digits: {
    inputs: [{ name: 'image', datatype: 'FP32', shape: [-1, 1, 8, 8] }],
    outputs: [
      { name: 'logits', datatype: 'FP32', shape: [-1, 10], labels: DIGITS },
      { name: 'probabilities', datatype: 'FP32', shape: [-1, 10], labels: DIGITS },
    ],
  },
  mixed: {
    inputs: [
      { name: 'words', datatype: 'BYTES', shape: [-1] },
      { name: 'keep', datatype: 'BOOL', shape: [-1] },
      { name: 'counts', datatype: 'INT64', shape: [-1] },
      { name: 'weights', datatype: 'FP64', shape: [1, -1] },
    ],
    outputs: [
      { name: 'kept', datatype: 'BYTES', shape: [-1] },
      { name: 'total', datatype: 'INT64', shape: [] },
      { name: 'scaled', datatype: 'FP64', shape: [-1, -1] },
    ],
  },
  'every-datatype': sameThrough(DATATYPES),
  'by-sixes': {
    inputs: [{ name: 'x', datatype: 'FP32', shape: [-1] }],
    outputs: [{ name: 'y', datatype: 'FP32', shape: [-1, 6] }],
  },
  'long-answer': {
    inputs: [{ name: 'length', datatype: 'INT64', shape: [1] }],
    outputs: [{ name: 'many', datatype: 'FP32', shape: [-1] }],
  },
};

function sameThrough(datatypes: readonly Datatype[]): TensorDraft['tensors'] {
  const side = (prefix: string) =>
    datatypes.map((datatype) => ({ name: `${prefix}_${datatype}`, datatype, shape: [-1, 2] }));
  return { inputs: side('in'), outputs: side('out') };
}

/** Publishes the fixture of that name under that name, as champion. */
export async function publishTensors(name: string): Promise<void> {
  const draft: TensorDraft = {
    ...draftOf(name),
    task: 'tensors',
    signature: null,
    tensors: TENSORS[name]!,
    examples: [],
  };
  const { manifest } = await publish(registry, draft, { 'model.onnx': fixtureBytes(name) });
  const at = '2026-01-01T00:00:00.000Z';
  const move = { alias: 'champion', to: manifest.version, by: 'a test', reason: 'to be asked', at };
  await promote(registry, name, move);
}
