// A bucket as the remote, spoken to through its S3 API: order, second tries, and what is said when it refuses.

import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startS3StandIn, type StandIn } from '../../contract/s3-stand-in.ts';
import { contentsOf } from '../tiny.ts';
import { birdsRepository } from './birds-repository.ts';

const URL = 's3://a-bucket/some/where';
let standIn: StandIn;
let keys: Record<string, string>;

beforeAll(async () => {
  standIn = await startS3StandIn();
  keys = {
    R2_ENDPOINT: standIn.settings.endpoint,
    R2_ACCESS_KEY_ID: standIn.settings.accessKeyId,
    R2_SECRET_ACCESS_KEY: standIn.settings.secretAccessKey,
  };
});
afterAll(() => standIn.stop());
afterEach(() => {
  standIn.misbehave = () => null;
});

test('what is pushed can be pulled; the list of the folder goes last, and a busy service is asked again', async () => {
  const { askWith, ask, root, data } = await birdsRepository();
  await ask('--track');
  const before = await contentsOf(path.join(data, 'birds', 'raw'));
  standIn.misbehave = (number) => (number % 3 === 1 ? 'fail' : null);
  const pushed = await askWith(keys, '--push', '--remote', URL);
  expect(pushed).toMatchObject({ code: 0, err: '' });
  expect(pushed.out).toMatch(
    /^pushed +3 objects to R2 \(a-bucket\)\/some\/where; 0 there already$/m,
  );
  const sent = standIn.requests.filter((request) => request.startsWith('PUT'));
  expect(sent.at(-1)).toMatch(
    /^PUT \/a-bucket\/some\/where\/files\/md5\/[0-9a-f]{2}\/[0-9a-f]{30}\.dir$/,
  );
  expect(await readFile(path.join(root, '.dvc', 'config'), 'utf8')).toBe(
    `[core]\n    remote = r2\n['remote "r2"']\n    url = ${URL}\n    endpointurl = ${keys.R2_ENDPOINT}\n    region = auto\n`,
  );
  expect((await askWith(keys, '--push')).out).toMatch(/^pushed +0 objects .+; 3 there already$/m);
  await rm(path.join(root, '.dvc', 'cache'), { recursive: true });
  await rm(path.join(data, 'birds', 'raw'), { recursive: true });
  expect((await askWith(keys, '--pull')).out).toMatch(/^pulled +3 objects from R2/m);
  expect(await contentsOf(path.join(data, 'birds', 'raw'))).toEqual(before);
});

test('a refusal says what to look at, and no key; the remote is not remembered, nor the rest untold', async () => {
  const { askWith, ask, root } = await birdsRepository();
  await ask('--track');
  const refusals: [Record<string, string>, string, RegExp][] = [
    [{ ...keys, R2_ACCESS_KEY_ID: 'other' }, URL, /InvalidAccessKeyId.*\(check R2_ACCESS_KEY_ID\)/],
    [{ ...keys, R2_SECRET_ACCESS_KEY: 'x/y' }, URL, /\(check R2_SECRET_ACCESS_KEY\)/],
    [keys, 's3://another', /NoSuchBucket.*wrangler r2 bucket create/],
    [
      { R2_ENDPOINT: keys.R2_ENDPOINT!, R2_ACCESS_KEY_ID: '', R2_SECRET_ACCESS_KEY: '' },
      URL,
      /environment lacks what R2 needs: R2_ACCESS_KEY_ID, R2_SECRET_ACCESS_KEY/,
    ],
  ];
  for (const [environment, url, words] of refusals) {
    const { code, err } = await askWith(environment, '--push', '--remote', url);
    expect(code).toBe(1);
    expect(err).toMatch(words);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(err).not.toMatch(/AKIDSTANDIN|secret\/of|x\/y/);
  }
  expect(await readFile(path.join(root, '.dvc', 'config'), 'utf8')).toBe('');
  const wrong = { ...keys, R2_SECRET_ACCESS_KEY: 'x/y' };
  await askWith(keys, '--push', '--remote', URL);
  const status = await askWith(wrong, '--status');
  expect(status.code).toBe(1);
  expect(status.out).toMatch(/^data\/birds\/raw +up to date$/m);
  expect(status.err).toContain('check R2_SECRET_ACCESS_KEY');
});
