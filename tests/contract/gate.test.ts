// The gate as a table: what opens it, what closes it, and what it says.

import { describe, expect, test } from 'vitest';
import { gate, objections, MODEL_BYTES, type Contestant } from '#contract/registry/gate.ts';
import { parseHoldout, type Holdout } from '#contract/registry/holdout.ts';
import { stableJson } from '#contract/shapes/json.ts';
import type { TabularManifest, TensorManifest } from '#contract/manifest.ts';
import { manifestChanges, signatureChanges } from '#contract/registry/signature-changes.ts';
import type { Feature, Signature } from '#contract/signature.ts';
import { draftOf } from './draft.ts';
import { holdout } from './holdouts.ts';

const hash = 'b'.repeat(64);

function contestant(held: Holdout | null, change: Partial<TabularManifest> = {}) {
  const files = { 'model.onnx': { sha256: hash, size: 1000 } };
  return { holdout: held, manifest: { ...draftOf('m'), version: '1', files, ...change } };
}

const champion = contestant(holdout({ loss: 0.5 }));
const better = contestant(holdout({ loss: 0.4 }));
const parity = { rows: 100, label_differences: 0, max_difference: 0 };
const data = { ...champion.manifest.data, source: 'synthetic: made up, seed 1' };
const { signature } = champion.manifest;
const renamed: Signature = { ...signature, features: signature.features.slice(0, 1) };

describe('opens', () => {
  test.each<[string, Contestant | null, Contestant]>([
    ['to a first version', null, contestant(null)],
    ['to one that is better', champion, better],
    ['to one that is as good', champion, champion],
    ['to one that gains its margin', champion, contestant(holdout({ loss: 0.4, margin: 0.1 }))],
    [
      'to one a little worse, where its margin lets it',
      champion,
      contestant(holdout({ loss: 0.51, margin: -0.02 })),
    ],
    ['on 30 shared rows', champion, contestant(holdout({ loss: 0.4, from: 70 }))],
    [
      'where the champion learned from a synthetic table of other rows',
      contestant(null, { data }),
      better,
    ],
    [
      'to another signature after a synthetic table',
      contestant(holdout({ loss: 0.1, from: 500 }), { data, signature: renamed }),
      better,
    ],
    [
      'to a file that is the model itself',
      champion,
      contestant(better.holdout, { parity: { ...parity, rows: 0 } }),
    ],
  ])('%s', (_, before, challenger) => {
    const verdict = gate({ champion: before, challenger });
    expect(objections(verdict)).toEqual([]);
    expect(verdict.passed).toBe(true);
    expect(verdict.reasons.map(({ rule }) => rule)).toEqual([
      'metric',
      'parity',
      'signature',
      'budget',
    ]);
  });
});

describe('is closed', () => {
  test.each<[string, Contestant, string]>([
    [
      'to one that is worse',
      contestant(holdout({ loss: 0.6 })),
      'metric: log-loss 0.6 beside the champion’s 0.5 on 100 shared held-out rows (gain -0.1, at least 0)',
    ],
    [
      'below the margin',
      contestant(holdout({ loss: 0.45, margin: 0.1 })),
      'metric: log-loss 0.45 beside',
    ],
    [
      'on 29 shared rows',
      contestant(holdout({ loss: 0.4, from: 71 })),
      'metric: too few shared held-out rows: 29 of 30',
    ],
    ['without held-out rows', contestant(null), 'metric: the challenger has no held-out rows'],
    [
      'to the answer of another question',
      contestant({ ...better.holdout!, target: 'Sex' }),
      'metric: the champion answers Kind, not Sex',
    ],
    [
      'to a differing label',
      contestant(better.holdout, { parity: { ...parity, label_differences: 1 } }),
      'parity: 1 of 100 labels differ, values by 0 at most',
    ],
    [
      'to a differing value',
      contestant(better.holdout, { parity: { ...parity, max_difference: 1e-3 } }),
      'parity: 0 of 100 labels differ, values by 0.001 at most',
    ],
    [
      'to another signature',
      contestant(better.holdout, { signature: renamed }),
      'signature: feature water is gone',
    ],
    [
      'to a file too large for the edge',
      contestant(better.holdout, {
        files: { 'model.onnx': { sha256: hash, size: MODEL_BYTES + 1 } },
      }),
      'budget: model.onnx: 4194305 bytes, is more than 4194304',
    ],
  ])('%s', (_, challenger, objection) => {
    const verdict = gate({ champion, challenger });
    expect(verdict.passed).toBe(false);
    expect(objections(verdict)).toEqual([expect.stringContaining(objection)]);
  });

  test('to one that is worse on the shared rows, however good on rows of its own', () => {
    const rows = {
      ...holdout({ loss: 0.6 }).rows,
      ...holdout({ loss: 0, from: 1000, rows: 9000 }).rows,
    };
    const challenger = contestant({ ...holdout({ loss: 0.6 }), rows });
    expect(gate({ champion, challenger }).passed).toBe(false);
  });

  test('to all that is wrong at once, each with its reason', () => {
    const challenger = contestant(holdout({ loss: 9 }), {
      signature: renamed,
      parity: { ...parity, label_differences: 2 },
    });
    expect(objections(gate({ champion, challenger }))).toHaveLength(3);
  });
});

test('a signature change that is accepted opens the gate, and is still said', () => {
  const challenger = contestant(better.holdout, { signature: renamed });
  const verdict = gate({ champion, challenger, acceptSignatureChange: true });
  expect(verdict.passed).toBe(true);
  expect(verdict.reasons[2]?.detail).toBe('feature water is gone (accepted)');
});

test('numbers are compared by their RMSE, in the target’s unit', () => {
  const squared = (loss: number, margin = 0): Contestant =>
    contestant({ ...holdout({ loss, margin }), loss: 'squared_error' });
  expect(gate({ champion: squared(9), challenger: squared(4, 1) }).passed).toBe(true);
  expect(gate({ champion: squared(9), challenger: squared(4, 1.5) }).passed).toBe(false);
});

describe('signatureChanges', () => {
  const [length, water] = signature.features as [Feature, Feature];
  const with_ = (...features: Feature[]): Signature => ({ ...signature, features });
  const labelled = (...labels: string[]): Signature => ({
    ...signature,
    target: { type: 'category', name: 'kind', column: 'Kind', labels },
  });

  test.each<[string, Signature, string[]]>([
    ['nothing', signature, []],
    ['a wider range', with_({ ...length, maximum: 9 } as Feature, water), []],
    [
      'a category more',
      with_(length, { ...water, categories: ['salt', 'fresh', 'brackish'] } as Feature),
      [],
    ],
    ['a value that may be null now', with_({ ...length, nullable: true }, water), []],
    ['a feature gone', with_(length), ['feature water is gone']],
    ['a feature more', with_(length, water, { ...length, name: 'mass' }), ['feature mass is new']],
    [
      'another type',
      with_(length, { ...length, name: 'water', nullable: true }),
      ['feature water is a number, no category'],
    ],
    [
      'another unit',
      with_({ ...length, unit: 'cm' } as Feature, water),
      ['feature length_m is in cm, not in m'],
    ],
    [
      'null no more',
      with_(length, { ...water, nullable: false }),
      ['feature water may not be null any more'],
    ],
    ['another order', with_(water, length), ['features are in another order']],
    ['a label more', labelled('a', 'b', 'c'), ['label c is new']],
    ['a label less', labelled('a', 'c'), ['label b is gone', 'label c is new']],
    ['labels in another order', labelled('b', 'a'), ['labels are in another order']],
    [
      'a number for a label',
      { ...signature, target: { type: 'number', name: 'kind', column: 'Kind', unit: null } },
      ['target is kind (number), not kind (category)'],
    ],
  ])('%s', (_, after, changes) => {
    expect(signatureChanges(signature, after)).toEqual(changes);
  });
});

describe('a version of tensors', () => {
  const { tensors } = champion.manifest;
  const kind = { task: 'tensors', signature: null } as const;
  const images: TensorManifest = { ...champion.manifest, ...kind, tensors };
  const wider: TensorManifest = {
    ...images,
    tensors: {
      inputs: [{ name: 'features', datatype: 'FP32', shape: [-1, 3] }],
      outputs: [{ name: 'scores', datatype: 'FP32', shape: [-1, 2] }],
    },
  };

  test.each([
    ['is like itself', images, images, []],
    ['does not follow one of rows', champion.manifest, images, ['takes tensors, not rows']],
    ['is not followed by one of rows', images, champion.manifest, ['takes rows, not tensors']],
    [
      'keeps names, datatypes and shapes',
      images,
      wider,
      [
        'input features is FP32 [-1, 3], not FP32 [-1, 2]',
        'output probabilities is gone',
        'output scores is new',
      ],
    ],
  ])('%s', (_, before, after, changes) => {
    expect(manifestChanges(before, after)).toEqual(changes);
  });
});

describe('parseHoldout', () => {
  test('parse(write(holdout)) is the holdout', () => {
    expect(parseHoldout(stableJson(champion.holdout))).toEqual(champion.holdout);
  });

  test.each([
    [{ format_version: 2 }, '/format_version must be 1'],
    [{ loss: 'accuracy' }, '/loss must be'],
    [{ margin: '0' }, '/margin must be a number'],
    [{ rows: { a: null } }, '/rows/a must be a number'],
    [{ target: 1 }, '/target must be a string'],
  ])('refuses %j', (change, message) => {
    const text = JSON.stringify({ ...champion.holdout, ...change });
    expect(() => parseHoldout(text)).toThrow(message);
  });
});
