// Three doors, one inference: the same thousand rows give the same labels, and probabilities equal to the bit in float32.

import { asTabular, parseManifest, type TabularManifest } from '#contract/manifest.ts';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { ask } from './ask.ts';
import { DOORS, type Answered, type Asked } from './doors.ts';
import { madeRows } from './made-rows.ts';
import { bucket, publishTiny } from './tiny-model.ts';

const ROWS = 1_000;

beforeAll(async () => {
  await publishTiny('same');
  for (const [key, base64] of Object.entries(inject('realRegistry')))
    await bucket.put(key, Uint8Array.fromBase64(base64));
});

describe.each([
  ['a tiny model', 'same'],
  ['a real one: trees upon a linear model', 'real-crocodile'],
])('%s', (_, model) => {
  let asked: Asked;
  let first: Answered;

  beforeAll(async () => {
    const manifest = await manifestOf(model);
    const metadata = await (await ask(`/v2/models/${model}`)).json<Pick<Asked, 'inputs'>>();
    asked = {
      manifest,
      inputs: metadata.inputs,
      rows: madeRows(manifest.signature, ROWS, 20_261_123),
    };
    first = await DOORS[0]![1](asked);
  });

  test('the rows are worth comparing: they have several labels', () => {
    expect(first.labels).toHaveLength(ROWS);
    expect(new Set(first.labels).size).toBeGreaterThan(1);
    expect(new Set(first.probabilities).size).toBeGreaterThan(2);
  });

  test.each(DOORS)('%s', async (_, door) => {
    const { labels, probabilities } = await door(asked);
    expect(labels).toEqual(first.labels);
    if (probabilities !== null) expect(bits(probabilities)).toEqual(bits(first.probabilities!));
  });
});

/** The bits of float32 numbers: two that only print alike are not alike. */
const bits = (values: Float32Array): Uint32Array =>
  new Uint32Array(values.buffer, values.byteOffset, values.length);

async function manifestOf(model: string): Promise<TabularManifest> {
  const { manifest } = await (await ask(`/v1/models/${model}`)).json<{ manifest: unknown }>();
  return asTabular(parseManifest(JSON.stringify(manifest)));
}
