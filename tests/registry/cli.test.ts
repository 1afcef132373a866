// npm run publish, promote, rollback, retire, history, diff, verify and registry -- sweep, as an operator types them.

import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blobKey } from '#contract/registry/keys.ts';
import { promote, publish, readAliases, readManifest } from '#contract/registry/registry.ts';
import { folderStore } from '../../store/folder.ts';
import { draftOf, filesOf } from '../contract/draft.ts';
import { holdoutFile } from '../contract/holdouts.ts';
import { startS3StandIn, type StandIn } from '../contract/s3-stand-in.ts';

const ROOT = join(import.meta.dirname, '..', '..');
let place: string;

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'gharial-operate-'));
});
afterAll(() => rm(place, { recursive: true, force: true }));

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function run(words: readonly string[], environment: Record<string, string> = {}): Promise<Run> {
  const env = { ...process.env, NO_COLOR: '1', ...environment };
  return new Promise((resolve) => {
    const script = join('registry', 'cli.ts');
    execFile(process.execPath, [script, ...words], { cwd: ROOT, env }, (error, out, err) => {
      const code = typeof error?.code === 'number' ? error.code : Number(error !== null);
      resolve({ code, out, err });
    });
  });
}

/** A registry of its own, with versions whose held-out rows lost so much on average. */
async function registryOf(name: string, losses: readonly number[]) {
  const folder = join(place, name);
  const store = folderStore(folder);
  for (const [run, loss] of losses.entries()) {
    const files = { ...filesOf(`run ${run}`), 'holdout.json': holdoutFile({ loss }) };
    await publish(store, draftOf('m', `run ${run}`), files);
  }
  const move = {
    alias: 'champion',
    to: '1',
    by: 'a test',
    reason: 'first',
    at: '2026-01-01T00:00:00.000Z',
  };
  await promote(store, 'm', move);
  const ask = (...words: string[]): Promise<Run> => run([...words, '--registry', folder]);
  const champion = async () => (await readAliases(store, 'm')).aliases.champion;
  return { folder, store, ask, champion };
}

test('a better version is promoted, a worse one is not, and a reason overrules the gate', async () => {
  const { ask, champion, store } = await registryOf('promote', [0.5, 0.4, 0.6]);
  const better = await ask('promote', 'm', '2');
  expect(better).toMatchObject({ code: 0, err: '' });
  expect(better.out).toMatch(
    /metric +│ open +│ log-loss 0.4 beside the champion’s 0.5 on 100 shared/,
  );
  expect(better.out).toContain('m: champion is version 2, it was 1');
  const worse = await ask('promote', 'm', '3');
  expect(worse.code).toBe(1);
  expect(worse.err).toMatch(/^error: the gate is closed to m 3: metric: log-loss 0.6 beside .+\n$/);
  expect(worse.out).toContain('npm run promote -- m 3 --override "why"');
  expect(await champion()).toBe('2');
  const overruled = await ask('promote', 'm', '3', '--override', 'the data was wrong');
  expect(overruled.out).toContain(
    'champion is version 3, it was 2; the gate was overruled: the data was wrong',
  );
  expect((await readAliases(store, 'm')).history.at(-1)).toMatchObject({
    reason: 'the data was wrong',
    overrides: [expect.stringMatching(/^metric: /)],
  });
  expect((await ask('promote', 'm', '3')).out).toBe('m: version 3 is champion already\n');
  expect((await ask('promote', 'm', '9')).err).toBe('error: no such version: m 9\n');
  expect((await ask('promote', 'm', '1', '--alias', 'challenger')).out).toContain(
    'challenger is version 1',
  );
});

test('a canary and a shadow begin and end, the history tells; a promotion ends the canary', async () => {
  const { ask, store } = await registryOf('trials', [0.5, 0.4, 0.3]);
  const guardrail = 'window=60,errors=0.1,disagreement=off';
  const begun = await ask('canary', 'm', '2', '--weight', '10', '--guardrail', guardrail);
  expect(begun).toMatchObject({ code: 0, err: '' });
  expect(begun.out).toBe(
    'm: version 2 is the canary with 10 % of the requests, champion 1 has 90 %\n' +
      'guardrail: at most 10 % more errors, 2 times the latency than the champion, over 60 s, from 100 requests on\n',
  );
  const shadow = await ask('shadow', 'm', '3', '--sample', '25%', '--reason', 'to compare');
  expect(shadow.out).toBe('m: version 3 is the shadow of champion 1 on 25 % of its answers\n');
  const { traffic } = await readAliases(store, 'm');
  expect(traffic).toMatchObject({
    canary: { version: '2', weight: 10, guardrail: { window_s: 60, max_disagreement: null } },
    shadow: { version: '3', sample: 25, tolerance: null },
  });
  expect((await ask('traffic', 'm')).out).toMatch(
    /^m\nchampion 1: 90 % of the requests\ncanary 2: 10 %, since .+\nguardrail: .+\nshadow 3: beside 25 %/,
  );
  const { out } = await ask('history', 'm');
  expect(out).toMatch(/│ 2 +│.+│ canary 10 % +│/);
  expect(out).toMatch(/│ canary 2 +│ +│ 10 % +│.+│ set by hand/);
  expect(out).toMatch(/│ shadow 3 +│ +│ 25 % +│.+│ to compare/);
  expect((await ask('promote', 'm', '2', '--alias', 'canary')).err).toBe(
    'error: not an alias but a trial: npm run canary -- m 2\n',
  );
  expect((await ask('promote', 'm', '2')).code).toBe(0);
  expect((await ask('shadow', 'm', 'off')).out).toBe('m: there is no shadow any more\n');
  expect((await readAliases(store, 'm')).traffic).toBeNull();
  expect((await ask('history', 'm')).out).toMatch(
    /│ canary 2 +│ 10 % +│ +│.+│ version 2 became champion/,
  );
  expect((await ask('canary', 'm', 'off')).err).toBe('error: there is no canary: m\n');
});

test.each([
  [['--weight', '101'], /weight <percent>' argument '101' is invalid\. it must be a percentage/],
  [['--weight', ''], /must be a percentage/],
  [['--sample', 'some'], /must be a percentage/],
  [['--guardrail', 'window'], /window_s must be a number from 10/],
  [['--guardrail', 'speed=2'], /it has no speed, only window, requests, errors/],
  [['--tolerance', '-1'], /must be a number, zero or more/],
])('canary %j is not asked for rightly', async (words, message) => {
  const { code, err } = await run(['canary', 'm', '2', ...words, '--registry', place]);
  expect(code).toBe(2);
  expect(err).toMatch(message);
});

test('a rollback goes back, a retired version answers no more, the history tells', async () => {
  const { ask, champion } = await registryOf('history', [0.5, 0.4, 0.3]);
  for (const version of ['2', '3'])
    await ask('promote', 'm', version, '--reason', `it is ${version}`);
  expect((await ask('retire', 'm', '3')).err).toBe(
    'error: version is in use: m 3 is champion; move the alias first\n',
  );
  expect((await ask('rollback', 'm', '--reason', 'slow')).out).toBe(
    'm: champion is version 2 again, not 3\n',
  );
  expect((await ask('retire', 'm', '3', '--reason', 'slow')).out).toBe('m: version 3 is retired\n');
  expect((await ask('promote', 'm', '3')).err).toBe('error: version is retired: m 3 (slow)\n');
  expect(await champion()).toBe('2');
  const { out } = await ask('history', 'm');
  expect(out).toMatch(/│ 2 +│ 2026-01-02 03:04 │ tree +│ champion/);
  expect(out).toMatch(/│ 3 +│ .+ │ retired/);
  expect(out).toMatch(/promote champion +│ 1 +│ 2 +│ .+ │ it is 2/);
  expect(out).toMatch(/rollback champion +│ 3 +│ 2 +│ .+ │ slow/);
  expect(out).toMatch(/retire +│ 3 +│ +│ .+ │ slow/);
  const { history, aliases } = JSON.parse((await ask('history', 'm', '--json')).out);
  expect(history).toHaveLength(4);
  expect(aliases).toEqual({ champion: '2' });
  expect((await ask('history', 'nobody')).err).toMatch(/^error: no such model in .+: nobody\n$/);
});

test('diff says what differs, and what a client would trip over', async () => {
  const { ask, store } = await registryOf('diff', [0.5]);
  const draft = draftOf('m', 'other');
  const training = { ...draft.training, parameters: { max_depth: 9, min_rows: 1, smoothing: 1 } };
  const signature = { ...draft.signature, features: draft.signature.features.slice(0, 1) };
  await publish(store, { ...draft, training, signature }, filesOf('other'));
  const { out } = await ask('diff', 'm', '1', '2');
  expect(out).toMatch(/parameter max_depth │ 3 +│ 9/);
  expect(out).not.toContain('min_rows');
  expect(out).toMatch(/feature water +│ 2 categories: fresh, salt, may be null │ /);
  expect(out).not.toContain('length_m');
  expect(out).toContain('signature: feature water is gone');
  expect((await ask('diff', 'm', '1', '1')).out).toBe('versions 1 and 1 do not differ\n');
});

test('verify finds the file that changed, was cut, or is gone', async () => {
  const { ask, store } = await registryOf('verify', [0.5]);
  expect(await ask('verify', 'm', '1')).toMatchObject({ code: 0, err: '' });
  const { files } = (await readManifest(store, 'm', '1'))!;
  await store.put(blobKey('m', files['tree.json']!.sha256), new TextEncoder().encode('{} '));
  await store.put(blobKey('m', files['README.md']!.sha256), Uint8Array.of(1));
  await store.delete(blobKey('m', files['model.onnx']!.sha256));
  const { code, out, err } = await ask('verify', 'm');
  expect({ code, err }).toEqual({
    code: 1,
    err: 'error: 3 of 5 files are not what was published\n',
  });
  expect(out).toMatch(/manifest.json .+ as published/);
  expect(out).toMatch(/tree.json .+ has another hash/);
  expect(out).toMatch(/README.md .+ has 1 bytes, not \d+/);
  expect(out).toMatch(/model.onnx .+ is missing/);
});

test('keys sign what is published, and verify refuses what another key signed', async () => {
  const pair = async (): Promise<Record<string, string>> =>
    Object.fromEntries(
      (await run(['keys'])).out
        .trim()
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
  const [mine, other] = [await pair(), await pair()];
  const { folder } = await registryOf('unsigned', [0.5]);
  const signed = join(place, 'signed');
  const words = ['publish', 'm', '--from', folder, '--registry', signed];
  expect((await run(words, { SIGNING_KEY: mine.SIGNING_KEY! })).err).toBe(
    'error: SIGNING_KEY is set and TRUSTED_KEYS is not: its first is the public half\n',
  );
  expect(await run(words, mine)).toMatchObject({ code: 0, err: '' });
  const verify = (where: string, keys: Record<string, string>) =>
    run(['verify', 'm', '--registry', where], keys);
  expect((await verify(signed, mine)).out).toMatch(/^signed by [0-9a-f]{16}$/m);
  expect((await verify(signed, { TRUSTED_KEYS: other.TRUSTED_KEYS! })).err).toMatch(
    /^error: manifest is signed by a key that is not trusted: [0-9a-f]{16}\n$/,
  );
  expect((await verify(folder, mine)).err).toBe('error: manifest is not signed\n');
  expect((await verify(folder, {})).out).toContain('manifest is not signed');
});

test('sweep deletes what no version names and nobody is writing, and nothing else', async () => {
  const { ask, store, folder } = await registryOf('sweep', [0.5, 0.4]);
  const inUse = (await readdir(join(folder, 'm', 'blobs'))).length;
  const [old, young] = ['0'.repeat(64), '1'.repeat(64)].map((hash) => blobKey('m', hash)) as [
    string,
    string,
  ];
  await store.put(old, Uint8Array.of(1));
  await store.put(young, Uint8Array.of(2));
  await utimes(join(folder, old), new Date('2026-01-01'), new Date('2026-01-01'));
  const asked = await ask('sweep', '--dry-run');
  expect(asked.out).toContain(`would delete ${old}`);
  expect(asked.out).toContain(`1 files would be swept, 1 too young, ${inUse} in use`);
  expect((await ask('sweep')).out).toContain(`deleted ${old}`);
  expect(await store.get(old)).toBeNull();
  expect(await store.get(young)).not.toBeNull();
  expect((await ask('sweep', '--older-than', '0')).out).toContain(`deleted ${young}`);
  expect((await ask('verify', 'm', '2')).code).toBe(0);
  await writeFile(join(folder, 'm', 'versions', '2', 'manifest.json'), '{');
  await store.put(young, Uint8Array.of(2));
  const { code, err } = await ask('sweep', '--older-than', '0');
  expect({ code, lines: err.trimEnd().split('\n').length }).toEqual({ code: 1, lines: 1 });
  expect(await store.get(young)).not.toBeNull();
});

describe('the deployed bucket', () => {
  let standIn: StandIn;
  let environment: Record<string, string>;
  beforeAll(async () => {
    standIn = await startS3StandIn();
    environment = {
      R2_ENDPOINT: standIn.settings.endpoint,
      R2_BUCKET: standIn.settings.bucket,
      R2_ACCESS_KEY_ID: standIn.settings.accessKeyId,
      R2_SECRET_ACCESS_KEY: standIn.settings.secretAccessKey,
    };
  });
  afterAll(() => standIn.stop());
  const remote = (...words: string[]) => run([...words, '--registry', 'r2'], environment);

  test('gets a version that was made here, and works by the same commands', async () => {
    const { folder } = await registryOf('copy', [0.5]);
    const copied = await remote('publish', 'm', '--from', folder);
    expect(copied).toMatchObject({ code: 0, err: '' });
    expect(copied.out).toContain('published m version 1 in R2 (a-bucket)');
    expect(copied.out).toContain('m: champion is version 1, it had none before');
    expect((await remote('publish', 'm', '--from', folder)).out).toContain(
      'already published as m version 1',
    );
    expect((await remote('verify', 'm')).code).toBe(0);
    expect((await remote('rollback', 'm')).err).toBe(
      'error: nothing to roll back to: m champion\n',
    );
  });

  test('without keys says which are missing', async () => {
    const empty = {
      R2_ENDPOINT: '',
      R2_ACCOUNT_ID: '',
      R2_ACCESS_KEY_ID: '',
      R2_SECRET_ACCESS_KEY: '',
      R2_BUCKET: '',
    };
    const { code, err } = await run(['history', 'm', '--registry', 'r2'], empty);
    expect({ code, err }).toEqual({
      code: 1,
      err: 'error: environment lacks what R2 needs: R2_ACCOUNT_ID, R2_ACCESS_KEY_ID, R2_SECRET_ACCESS_KEY, R2_BUCKET\n',
    });
  });
});

describe('what was not asked for rightly is exit code 2', () => {
  test.each([
    [['promote', 'm']],
    [['promot']],
    [['history', 'm', 'more']],
    [['sweep', '--older-than', 'long']],
    [['diff', 'm', '1']],
  ])('%o', async (words) => {
    const { code, err } = await run(words);
    expect(code).toBe(2);
    expect(err).toMatch(/^error: /);
  });

  test('--help is no fault, and names every command', async () => {
    const { code, out } = await run(['--help']);
    expect(code).toBe(0);
    for (const command of [
      'publish',
      'promote',
      'rollback',
      'retire',
      'history',
      'diff',
      'verify',
      'sweep',
    ])
      expect(out).toContain(command);
  });
});
