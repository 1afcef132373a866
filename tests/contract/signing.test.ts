// Signed manifests: what was signed holds, what was changed does not, whoever changed it.

import { beforeAll, describe, expect, test } from 'vitest';
import { parseManifest, type Manifest } from '#contract/manifest.ts';
import { stableJson } from '#contract/shapes/json.ts';
import { publish, readManifest } from '#contract/registry/registry.ts';
import {
  checkWith,
  createKeys,
  signWith,
  type CheckSigned,
  type Sign,
} from '#contract/registry/signing.ts';
import { draftOf, filesOf } from './draft.ts';
import { memoryStore } from './stores.ts';

let keys: Awaited<ReturnType<typeof createKeys>>;
let others: typeof keys;
let sign: Sign;
let check: CheckSigned;

beforeAll(async () => {
  [keys, others] = await Promise.all([createKeys(), createKeys()]);
  sign = await signWith(keys.private_key, keys.public_key);
  check = await checkWith([others.public_key, keys.public_key]);
});

test('a published version is signed, and holds after it was written and read', async () => {
  const store = memoryStore();
  const { manifest } = await publish(store, draftOf('m'), filesOf(), { sign });
  expect(manifest.signed?.key_id).toMatch(/^[0-9a-f]{16}$/);
  expect(await check((await readManifest(store, 'm', '1'))!)).toBeNull();
});

describe('is refused:', () => {
  let signed: Manifest;
  beforeAll(async () => {
    signed = (await publish(memoryStore(), draftOf('m'), filesOf(), { sign })).manifest;
  });

  test.each<[string, (manifest: Manifest) => object]>([
    ['another file', ({ files }) => ({ files: { ...files, 'model.onnx': files['tree.json'] } })],
    ['another version', () => ({ version: '2' })],
    ['another model', () => ({ model: 'n' })],
    [
      'a better metric',
      ({ metrics }) => ({ metrics: { ...metrics, model: { accuracy: { mean: 1, sd: 0 } } } }),
    ],
    ['another time', () => ({ created_at: '2027-01-01' })],
  ])('%s', async (_, change) => {
    const changed = parseManifest(stableJson({ ...signed, ...change(signed) }));
    expect(await check(changed)).toBe(`is not what ${signed.signed!.key_id} signed`);
  });

  test('no signature', async () => {
    expect(await check({ ...signed, signed: undefined })).toBe('is not signed');
  });

  test('a key that is not trusted, also under the name of one that is', async () => {
    const stranger = await checkWith([others.public_key]);
    expect(await stranger(signed)).toMatch(
      /^is signed by a key that is not trusted: [0-9a-f]{16}$/,
    );
    const forger = await signWith(others.private_key, keys.public_key);
    expect(await check({ ...signed, signed: await forger(signed) })).toMatch(/^is not what/);
  });

  test('keys that are none', async () => {
    await expect(signWith('AAAA', keys.public_key)).rejects.toThrow('no Ed25519 private key');
    await expect(signWith('not base64!', keys.public_key)).rejects.toThrow(
      'private key is not base64',
    );
    await expect(checkWith(['AAAA'])).rejects.toThrow('no raw Ed25519 public key');
  });
});

test('a run that is repeated adds nothing, unless it is the first that is signed', async () => {
  const store = memoryStore();
  await publish(store, draftOf('m'), filesOf());
  expect(await publish(store, draftOf('m'), filesOf(), { sign })).toMatchObject({ added: true });
  for (const options of [{ sign }, {}])
    expect(await publish(store, draftOf('m'), filesOf(), options)).toMatchObject({ added: false });
});

test('a version that is copied is not signed by whoever signed the first', async () => {
  const { manifest } = await publish(memoryStore(), draftOf('m'), filesOf(), { sign });
  const copy = await publish(memoryStore(), manifest, filesOf());
  expect(copy.manifest.signed).toBeUndefined();
});
