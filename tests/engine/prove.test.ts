// A model that is brought is run in workerd before it is published: by the edge's own sessions, and to the same bits.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inspectOnnx } from '../../engine/onnx/inspect.ts';
import { prove } from '../../engine/proof/prove.ts';
import { bringModel } from '../../registry/external/external-model.ts';
import { NOTHING_SAID, parseModelFile } from '../../registry/external/parse-model-file.ts';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures');
const now = (): number => performance.now();

async function bring(name: string, isTabular: boolean) {
  const path = join(FIXTURES, `${name}.onnx`);
  const bytes = new Uint8Array(await readFile(path));
  const said = isTabular
    ? parseModelFile(await readFile(join(FIXTURES, `${name}.signature.json`), 'utf8'))
    : NOTHING_SAID;
  const brought = await bringModel({ path, bytes, file: inspectOnnx(bytes), said, now });
  return { bytes, brought };
}

test.each([
  ['network', true],
  ['sklearn-columns', false],
])('%s answers in workerd what it answers here', async (name, isPacked) => {
  const { bytes, brought } = await bring(name, true);
  expect(brought.isPacked).toBe(isPacked);
  const proof = await prove(bytes, { ...brought.trial, isPacked, now });
  expect(proof.memory_bytes).toBeGreaterThanOrEqual(16 * 1_048_576);
  expect(proof.memory_bytes).toBeLessThan(32 * 1_048_576);
  expect(proof.load_ms).toBeGreaterThan(0);
});

test('an answer that is another there is refused, and so is a file that does not load there', async () => {
  const { bytes, brought } = await bring('mixed', false);
  const { inputs, outputs } = brought.trial;
  const total = { ...outputs.total!, elements: [7n] };
  await expect(
    prove(bytes, { inputs, outputs: { ...outputs, total }, isPacked: false, now }),
  ).rejects.toThrow('output total is another in workerd than in node');
  const unknown = new Uint8Array(await readFile(join(FIXTURES, 'refused-unknown-operator.onnx')));
  await expect(prove(unknown, { inputs, outputs, isPacked: false, now })).rejects.toThrow(
    'workerd refuses the model: there is no operator Frobnicate',
  );
});

test('what is above the budget is refused by its name', async () => {
  const { bytes, brought } = await bring('mixed', false);
  const limits = { memory_mib: 1, load_ms: 60_000, run_ms: 60_000 };
  await expect(prove(bytes, { ...brought.trial, isPacked: false, now, limits })).rejects.toThrow(
    /^linear memory takes \d+ MiB in workerd, at most 1 MiB$/,
  );
});
