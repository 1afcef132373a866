// npm run verify, with the table at hand: the version is trained again, and must come out the same.

import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sha256 } from '#contract/hash.ts';
import { stableJson } from '#contract/shapes/json.ts';
import { blobKey, manifestKey } from '#contract/registry/keys.ts';
import { asTabular } from '#contract/manifest.ts';
import { readManifest } from '#contract/registry/registry.ts';
import { folderStore } from '../../store/folder.ts';
import { runCli, type Run } from '../tools/run-cli.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const MODEL = 'crocodile-species';

let place: string;
let spec: string;
const at = (...names: string[]): string => join(place, ...names);
const roots = (): string[] => ['--data-root', at('data'), '--spec-root', place];
const specFile = (): string => at('models', MODEL, 'spec.ts');

const verify = (...words: string[]): Promise<Run> =>
  runCli('registry/cli.ts', [
    ...['verify', MODEL, '1', '--registry', at('registry'), '--threads', '1', ...roots(), ...words],
  ]);

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'gharial-retrain-'));
  for (const file of ['schema.ts', 'generate.ts', 'species.ts'])
    await cp(join(ROOT, 'data', 'crocodile', file), at('data', 'crocodile', file));
  await mkdir(at('models', MODEL), { recursive: true });
  const grid = `[
    { algorithm: 'tree', parameters: { max_depth: [3, 6], min_rows: 5, smoothing: 1 } },
  ],
  budget`;
  spec = (await readFile(join(ROOT, 'models', MODEL, 'spec.ts'), 'utf8'))
    .replace(/candidates: [^]+budget/, `candidates: ${grid}`)
    .replace('folds: 5', 'folds: 2');
  await writeFile(specFile(), spec);
  await runCli('data/cli.ts', ['--root', at('data'), '--synthetic', '--rows', '300']);
  const trained = await runCli('trainer/cli.ts', [
    ...[...roots(), '--registry', at('registry'), '--parity-rows', '500', '--threads', '1'],
  ]);
  expect(trained).toMatchObject({ code: 0 });
  // Another table counts since then; the version's own is still in raw/.
  await runCli('data/cli.ts', [
    '--root',
    at('data'),
    '--synthetic',
    '--rows',
    '300',
    '--seed',
    '2',
  ]);
}, 120_000);
afterAll(() => rm(place, { recursive: true, force: true }));

test('the same table, spec and seed give the same bytes, also when another table counts by now', async () => {
  const { code, out, err } = await verify();
  expect(code, err).toBe(0);
  const { files } = (await readManifest(folderStore(at('registry')), MODEL, '1'))!;
  for (const [name, { sha256: hash }] of Object.entries(files))
    expect(out).toContain(`retrained: ${name} identical (sha256 ${hash})\n`);
  expect(out).toContain('retrained: manifest.json identical, parity proved again\n');
  expect(out).not.toContain('differs');
});

test('--no-retrain derives the hashes alone', async () => {
  const { code, out, err } = await verify('--no-retrain');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).not.toContain('retrained');
});

test('a model that was exchanged, hashes and all, is found out; a figure that was bettered, too', async () => {
  const store = folderStore(at('forged'));
  await cp(at('registry'), at('forged'), { recursive: true });
  const manifest = asTabular((await readManifest(store, MODEL, '1'))!);
  const forged = new TextEncoder().encode('another model');
  const hash = await sha256(forged);
  await store.put(blobKey(MODEL, hash), forged);
  const { model } = manifest.metrics;
  const accuracy = { ...model.accuracy!, mean: 0.999 };
  const metrics = { ...manifest.metrics, model: { ...model, accuracy } };
  const files = { ...manifest.files, 'model.onnx': { sha256: hash, size: forged.length } };
  const text = stableJson({ ...manifest, files, metrics });
  await store.put(manifestKey(MODEL, '1'), new TextEncoder().encode(text));
  const { code, out, err } = await verify('--registry', at('forged'));
  expect(code).toBe(1);
  expect(out).toMatch(/model\.onnx .+ as published/);
  expect(out).toMatch(/^retrained: model\.onnx differs: sha256 [0-9a-f]{64}$/m);
  expect(out).toContain('retrained: manifest.json differs in /metrics/model/accuracy/mean\n');
  expect(err).toContain('error: trained again, it differs: model.onnx, manifest.json\n');
});

test('a spec that is another by now is named, and nothing is trained', async () => {
  await writeFile(specFile(), spec.replace(/seed: \d+/, 'seed: 99').replace('[3, 6]', '[3, 7]'));
  const { code, out } = await verify();
  await writeFile(specFile(), spec);
  expect(code).toBe(0);
  expect(out).toMatch(
    new RegExp(
      `^not retrained: models/${MODEL}/spec.ts is another: seed is 99, was \\d+; candidates are others$`,
      'm',
    ),
  );
});

test('a table that is not here is named, with how to get it', async () => {
  const raw = at('data', 'crocodile', 'raw');
  await rename(raw, `${raw}-away`);
  const { code, out } = await verify();
  await rename(`${raw}-away`, raw);
  expect(code).toBe(0);
  const files = await readdir(raw);
  const [, file] =
    /^not retrained: .+?([0-9a-f]{12}\.csv) is not here: npm run data -- --pull gets it/m.exec(
      out,
    ) ?? [];
  expect(files).toContain(file);
});

test('a model without a spec was not trained here, and is verified by its hashes', async () => {
  const { code, out } = await verify('--spec-root', at('data'));
  expect(code).toBe(0);
  expect(out).toContain(`not retrained: models/${MODEL}/spec.ts is not here`);
});
