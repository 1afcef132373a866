// Kaggle's download, against a stand-in of its one endpoint: what it sends is taken, what goes wrong is said, and the key
// is never shown to anyone else.

import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import schema from '#data/crocodile/schema.ts';
import { generateTable } from '#data/source/generator.ts';
import { downloadDataset, kaggleAccess, kaggleDataset } from '#data/source/kaggle.ts';
import { runData, type Run } from './run-cli.ts';
import { contentsOf, REPOSITORY, temporaryRoot } from './tiny.ts';
import { zip } from './zip.ts';

const SLUG = 'zadafiyabhrami/global-crocodile-species-dataset';
const KEY = 'a-key-nobody-may-see';
const AUTHORIZATION = `Basic ${Buffer.from(`ann:${KEY}`).toString('base64')}`;

const { bytes: TABLE } = await generateTable(path.join(REPOSITORY, 'data'), schema, {
  seed: 9,
  rows: 30,
});
const ARCHIVE = zip([{ name: 'crocodile_dataset.csv', content: TABLE }]);

async function standIn(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function runKaggle(root: string, url: string): Promise<Run> {
  const environment = { KAGGLE_USERNAME: 'ann', KAGGLE_KEY: KEY, GHARIAL_KAGGLE_URL: url };
  return runData(root, ['--kaggle'], { environment });
}

async function refusalOf(answer: RequestListener): Promise<string> {
  const root = await temporaryRoot();
  const before = await contentsOf(root);
  const { code, out, err } = await runKaggle(root, await standIn(answer));
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).not.toContain(KEY);
  expect(err).not.toContain(AUTHORIZATION);
  expect(await contentsOf(root)).toEqual(before);
  return err;
}

describe('npm run data -- --kaggle', () => {
  test('asks as the API wants it, and takes the CSV in the archive', async () => {
    const asked: unknown[] = [];
    const url = await standIn(({ method, url: at, headers }, response) => {
      asked.push([method, at, headers.authorization]);
      response.end(ARCHIVE);
    });
    const root = await temporaryRoot();
    const { code, out, err } = await runKaggle(root, url);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^took +crocodile_dataset\.csv: 30 rows$/m);
    expect(asked).toEqual([['GET', `/api/v1/datasets/download/${SLUG}`, AUTHORIZATION]]);
    const raw = path.join(root, 'crocodile/raw');
    const record = JSON.parse(await readFile(path.join(raw, 'current.json'), 'utf8'));
    expect(record).toMatchObject({
      source: `Kaggle ${SLUG}, crocodile_dataset.csv`,
      synthetic: false,
      original_name: 'crocodile_dataset.csv',
    });
    expect(new Uint8Array(await readFile(path.join(raw, record.file)))).toEqual(TABLE);
  });

  test('follows to the storage, which does not get to see the key', async () => {
    let seen: string | undefined = 'nothing came';
    const storage = await standIn(({ headers }, response) => {
      seen = headers.authorization;
      response.end(ARCHIVE);
    });
    const url = await standIn((_, response) => {
      response.writeHead(302, { location: `${storage}/signed?for=you` }).end();
    });
    expect(await runKaggle(await temporaryRoot(), url)).toMatchObject({ code: 0, err: '' });
    expect(seen).toBeUndefined();
  });

  test('tries again after a bad moment', async () => {
    let requests = 0;
    const url = await standIn((_, response) => {
      requests++;
      if (requests === 1) response.writeHead(503).end('busy');
      else response.end(ARCHIVE);
    });
    expect(await runKaggle(await temporaryRoot(), url)).toMatchObject({ code: 0, err: '' });
    expect(requests).toBe(2);
  });

  test.each([
    [401, 'error: Kaggle refuses the key (401): check KAGGLE_USERNAME and KAGGLE_KEY'],
    [
      403,
      'error: Kaggle does not allow it (403): check KAGGLE_USERNAME and KAGGLE_KEY, and accept the terms on the page of the dataset',
    ],
    [404, 'error: Kaggle has no such dataset (404)'],
    [418, 'error: Kaggle answers 418'],
  ])('says what %i means, and asks once', async (status, message) => {
    let requests = 0;
    const err = await refusalOf((_, response) => {
      requests++;
      response.writeHead(status).end('{"code":1}');
    });
    expect(err).toBe(`${message}: ${SLUG}\n`);
    expect(requests).toBe(1);
  });

  const bodies: readonly (readonly [string, Uint8Array | string, string])[] = [
    [
      'a web page',
      '<html>Log in</html>',
      `Kaggle's answer is no zip archive, it begins with "<html>Log in</html>": ${SLUG}`,
    ],
    ['nothing', '', `Kaggle's answer is no zip archive, it begins with "": ${SLUG}`],
    [
      'an archive that is cut off',
      ARCHIVE.subarray(0, 500),
      `${SLUG}: no zip archive, or one that is cut off`,
    ],
    [
      'an archive without a CSV',
      zip([
        { name: 'readme.md', content: '#' },
        { name: '__MACOSX/._a.csv', content: '' },
      ]),
      `${SLUG}: no CSV in the zip archive`,
    ],
    [
      'an archive with two',
      zip([
        { name: 'a.csv', content: '' },
        { name: 'b.CSV', content: '' },
      ]),
      `${SLUG}: several tables in the zip archive: "a.csv", "b.CSV"`,
    ],
    [
      'another table',
      zip([{ name: 'iris.csv', content: 'a,b\n1,2\n' }]),
      'iris.csv:1: none of the 15 columns is in the header, which begins with "a"',
    ],
  ];
  test.each(bodies)('refuses %s', async (_, body, message) => {
    expect(await refusalOf((__, response) => void response.end(body))).toBe(`error: ${message}\n`);
  });

  test.each([
    [{}, 'not set: KAGGLE_USERNAME and KAGGLE_KEY'],
    [{ KAGGLE_USERNAME: 'ann' }, 'not set: KAGGLE_KEY'],
    [{ KAGGLE_USERNAME: '', KAGGLE_KEY: KEY }, 'not set: KAGGLE_USERNAME'],
  ])('names what is missing of %j', async (environment, message) => {
    const { code, err } = await runData(await temporaryRoot(), ['--kaggle'], { environment });
    expect(code).toBe(1);
    expect(err).toBe(`error: ${message} (make a key on your Kaggle account's settings page)\n`);
  });
});

describe('downloading', () => {
  const rim = { fetch, firstWait: 1, onProgress: () => {} };
  const access = (base: string) => ({ username: 'ann', key: KEY, base });

  test.each([429, 500, 502, 503])('gives up on %i after four attempts', async (status) => {
    let requests = 0;
    const url = await standIn((_, response) => {
      requests++;
      response.writeHead(status, { 'retry-after': '0' }).end();
    });
    await expect(downloadDataset('a/b', access(url), rim)).rejects.toThrow(
      `Kaggle answers ${status}: a/b (4 attempts)`,
    );
    expect(requests).toBe(4);
  });

  test('waits as long as the server asks', async () => {
    const times: number[] = [];
    const url = await standIn((_, response) => {
      times.push(performance.now());
      if (times.length === 1) response.writeHead(429, { 'retry-after': '1' }).end();
      else response.end(ARCHIVE);
    });
    expect(await downloadDataset('a/b', access(url), rim)).toEqual(ARCHIVE);
    expect(times[1]! - times[0]!).toBeGreaterThan(950);
  });

  test('starts again when the connection breaks in the middle', async () => {
    let requests = 0;
    const url = await standIn((_, response) => {
      requests++;
      response.writeHead(200, { 'content-length': ARCHIVE.length });
      if (requests > 1) response.end(ARCHIVE);
      else response.write(ARCHIVE.subarray(0, 100), () => response.destroy());
    });
    expect(await downloadDataset('a/b', access(url), rim)).toEqual(ARCHIVE);
    expect(requests).toBe(2);
  });

  test('says which server it could not reach', async () => {
    const cause = Object.assign(new Error('no'), { code: 'ENOTFOUND' });
    const refused = new TypeError('fetch failed', { cause });
    const failing = { ...rim, fetch: () => Promise.reject(refused) };
    await expect(downloadDataset('a/b', access('https://kaggle.example'), failing)).rejects.toThrow(
      'connection to kaggle.example failed: ENOTFOUND (4 attempts)',
    );
  });

  test('tells how far it is', async () => {
    const url = await standIn((_, response) => {
      response.writeHead(200, { 'content-length': ARCHIVE.length }).end(ARCHIVE);
    });
    const told: (readonly [number, number | null])[] = [];
    const onProgress = (done: number, total: number | null): void => void told.push([done, total]);
    await downloadDataset('a/b', access(url), { ...rim, onProgress });
    expect(told.at(-1)).toEqual([ARCHIVE.length, ARCHIVE.length]);
  });
});

test.each([
  ['https://www.kaggle.com/datasets/ann/birds-2', 'ann/birds-2'],
  ['https://www.kaggle.com/datasets/ann/birds-2/', 'ann/birds-2'],
  ['https://www.kaggle.com/ann', null],
  ['https://www.kaggle.com.example.org/datasets/ann/birds', null],
  ['https://example.org/', null],
])('%s is the dataset %s', (source, dataset) => {
  expect(kaggleDataset(source)).toBe(dataset);
});

test.each([
  'nonsense',
  'file:///etc/passwd',
  `https://ann:${KEY}@example.org`,
  `https://:${KEY}@example.org`,
])('an address of the server that is none is not repeated: %s', (url) => {
  const environment = { KAGGLE_USERNAME: 'ann', KAGGLE_KEY: KEY, GHARIAL_KAGGLE_URL: url };
  expect(() => kaggleAccess(environment)).toThrow(
    /^not the address of a server: GHARIAL_KAGGLE_URL$/,
  );
});
