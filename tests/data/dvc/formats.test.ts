// The files that DVC reads, to the byte: what is compared with here was written by DVC 3.67.

import { describe, expect, test } from 'vitest';
import {
  formatConfig,
  mergeConfigs,
  parseConfig,
  remoteOf,
  withRemote,
} from '../../../data/dvc/config.ts';
import {
  byCodePoint,
  dirHash,
  formatDirObject,
  parseDirObject,
  type DirEntry,
} from '../../../data/dvc/dir-object.ts';
import { formatLock, parseLock } from '../../../data/dvc/lock.ts';
import { md5 } from '../../../data/dvc/md5.ts';
import { objectPath } from '../../../data/dvc/object-path.ts';
import { formatPointer, parsePointer } from '../../../data/dvc/pointer.ts';
import { formatStages, parseStages } from '../../../data/dvc/stage.ts';
import { createRandom } from '../../../data/random.ts';

describe('the list of a folder', () => {
  const VECTOR = [
    { md5: 'acbd18db4cc2f85cedef654fccc4a4d8', relpath: 'foo' },
    { md5: '37b51d194a7513e45b56f6524f2d51f2', relpath: 'bar' },
  ];

  test('has the hash that DVC gives it, in whatever order the files are found', () => {
    expect(dirHash(VECTOR)).toBe('5ea40360f5b4ec688df672a4db9c17d1.dir');
    expect(dirHash(VECTOR.toReversed())).toBe(dirHash(VECTOR));
  });

  test('is written as Python writes it: names in ASCII, sorted by code point', () => {
    // dvc add of a folder with these five files.
    const entries: DirEntry[] = [
      { md5: 'f97c5d29941bfb1b2fdab0874906ab82', relpath: '\ufffd' },
      { md5: '99914b932bd37a50b983c5e7c90ae93b', relpath: 'é😀"\\.json' },
      { md5: '764efa883dda1e11db47671c4a3bbd9e', relpath: 'sub/x' },
      { md5: 'd41d8cd98f00b204e9800998ecf8427e', relpath: '\u007f' },
      { md5: '59b0d7772f0561efb95518f3cb8abc60', relpath: 'a.csv' },
    ];
    expect(formatDirObject(entries)).toBe(
      String.raw`[{"md5": "59b0d7772f0561efb95518f3cb8abc60", "relpath": "a.csv"}, {"md5": "764efa883dda1e11db47671c4a3bbd9e", "relpath": "sub/x"}, {"md5": "d41d8cd98f00b204e9800998ecf8427e", "relpath": "\u007f"}, {"md5": "99914b932bd37a50b983c5e7c90ae93b", "relpath": "\u00e9\ud83d\ude00\"\\.json"}, {"md5": "f97c5d29941bfb1b2fdab0874906ab82", "relpath": "\ufffd"}]`,
    );
    expect(dirHash(entries)).toBe('2723acef03bb529ac7b9c9bb2073afd2.dir');
  });

  test('a character above U+FFFF comes after all below it, other than JavaScript sorts', () => {
    expect(['😀', '\uff5e', 'z', '', 'za'].toSorted(byCodePoint)).toEqual([
      '',
      'z',
      'za',
      '\uff5e',
      '😀',
    ]);
    expect(['😀', '\uff5e'].toSorted()).toEqual(['😀', '\uff5e']);
  });

  test('parse(format(list)) is the list, sorted', () => {
    const random = createRandom(7);
    const below = (limit: number): number => Math.floor(random.uniform() * limit);
    for (let round = 0; round < 200; round++) {
      const entries = Array.from({ length: below(6) }, (_, place) => ({
        md5: md5(`${round} ${place}`),
        relpath: `${place}${String.fromCodePoint(1 + below(0xd7ff))}`.replace(/[/\\]/g, '_'),
      }));
      const sorted = entries.toSorted((a, b) => byCodePoint(a.relpath, b.relpath));
      const text = formatDirObject(entries);
      expect(text).toMatch(/^[ -~]*$/);
      expect(parseDirObject(text)).toEqual(sorted);
    }
  });

  test.each(['../up', 'a/../../b', '/etc/passwd', 'a//b', String.raw`a\..\b`, '.', ''])(
    'that names %j, outside of the folder, is refused',
    (relpath) => {
      const text = JSON.stringify([{ md5: md5(''), relpath }]);
      expect(() => parseDirObject(text)).toThrow('/0/relpath leaves its folder');
    },
  );
});

describe('a pointer', () => {
  const FOLDER = `outs:
- md5: 2723acef03bb529ac7b9c9bb2073afd2.dir
  size: 14
  nfiles: 5
  hash: md5
  path: raw
`;
  const FILE = `outs:
- md5: 98a641e7a46263ff268e82fe0e429c28
  size: 8
  hash: md5
  path: file.csv
`;

  test.each([FOLDER, FILE])('format(parse(text)) is the text', (text) => {
    expect(formatPointer(parsePointer(text).outs)).toBe(text);
  });

  test('hashes the bytes as they are: a line end of two bytes is two bytes', () => {
    expect(md5('single\r\n')).toBe('98a641e7a46263ff268e82fe0e429c28');
    expect(objectPath(md5('single\r\n'))).toBe('files/md5/98/a641e7a46263ff268e82fe0e429c28');
  });

  test('a hash that looks like a number stays a text', () => {
    for (const hash of ['0'.repeat(32), `1e${'5'.repeat(30)}`]) {
      const out = { path: '1', md5: hash, size: 1, nfiles: null };
      expect(parsePointer(formatPointer([out])).outs).toEqual([out]);
      expect(formatPointer([out])).toContain(`md5: '${hash}'`);
    }
  });

  test.each([
    ['of DVC 2', FILE.replace('  hash: md5\n', ''), '/outs/0/hash must be md5 (what DVC 2 wrote'],
    ['with half a hash', FILE.replace('98a641', ''), '/outs/0/md5 is not an MD5'],
    ['that is no YAML', 'outs: [', '(root) is not YAML'],
    ['without a path', FILE.replace('  path: file.csv\n', ''), '/outs/0/path must be a string'],
  ])('%s is refused', (_, text, fault) => {
    expect(() => parsePointer(text)).toThrow(fault);
  });
});

describe('a pipeline', () => {
  const STAGES = `stages:
  data:
    cmd: npm run data -- --dataset birds
    wdir: ../..
    deps:
    - code
    - data/birds/raw
    params:
    - package.json:
      - version
      - dependencies.ml-cart
    outs:
    - data/birds/model
    - data/birds/processed:
        cache: false
    metrics:
    - data/birds/metrics.json:
        cache: false
`;
  const LOCK = `schema: '2.0'
stages:
  data:
    cmd: npm run data -- --dataset birds
    deps:
    - path: code
      hash: md5
      md5: 1364273f1aae2ad7b28f2bd4383c3eb0.dir
      size: 2
      nfiles: 1
    - path: data/birds/raw
      hash: md5
      md5: 2723acef03bb529ac7b9c9bb2073afd2.dir
      size: 14
      nfiles: 5
    params:
      package.json:
        dependencies.ml-cart: 2.1.1
        version: 0.1.0
    outs:
    - path: data/birds/metrics.json
      hash: md5
      md5: b026324c6904b2a9cb4b88d6d61c81d1
      size: 2
    - path: data/birds/processed
      hash: md5
      md5: e4a27c63b045b6c6fd8ea431141b643a.dir
      size: 6
      nfiles: 1
`;

  test('format(parse(dvc.yaml)) is the text', () => {
    expect(formatStages(parseStages(STAGES))).toBe(STAGES);
  });

  test('format(parse(dvc.lock)) is the text, whatever order it is given in', () => {
    const { data } = parseLock(LOCK);
    expect(formatLock({ data: data! })).toBe(LOCK);
    const { cmd, deps, params, outs } = data!;
    const turned = { outs: outs.toReversed(), params, deps: deps.toReversed(), cmd };
    expect(formatLock({ data: turned })).toBe(LOCK);
  });

  test('metrics and plots are outs; a name alone is a parameter of params.yaml', () => {
    const text = `stages:
  s:
    cmd: x
    params: [seed]
    metrics: [m.json: {cache: false}]
    plots: [p.csv: {x: a, y: b}]
`;
    expect(parseStages(text).s).toMatchObject({
      params: [{ file: 'params.yaml', names: ['seed'] }],
      outs: [
        { kind: 'metrics', path: 'm.json', cached: false },
        { kind: 'plots', path: 'p.csv', cached: true },
      ],
    });
  });

  test.each([
    ['cmd: echo ${x}', 'has a template'],
    ['foreach: [1]\n    do: {cmd: x}', 'stands for several stages'],
    ['cmd: [a, b]', '/stages/s/cmd must be a string'],
  ])('what only DVC works out is left to it: %j', (line, fault) => {
    expect(() => parseStages(`stages:\n  s:\n    ${line}\n`)).toThrow(fault);
  });
});

describe('the configuration', () => {
  const TEXT = `[core]
    remote = store
['remote "store"']
    url = ../../store
`;

  test('format(parse(text)) is the text, as `dvc remote add` writes it', () => {
    expect(formatConfig(parseConfig(TEXT, 'config'))).toBe(TEXT);
  });

  test('what is local wins, setting by setting', () => {
    const local = parseConfig(
      `# mine\n[remote "store"]\naccess_key_id = 'k'\nurl=s3://b\n`,
      'local',
    );
    expect(remoteOf(mergeConfigs(parseConfig(TEXT, 'config'), local))).toEqual({
      name: 'store',
      settings: { url: 's3://b', access_key_id: 'k' },
    });
  });

  test('a new remote is the default, and the old one stays', () => {
    const config = withRemote(parseConfig(TEXT, 'config'), {
      name: 'r2',
      settings: { url: 's3://b' },
    });
    expect(remoteOf(config)?.name).toBe('r2');
    expect(remoteOf(config, 'store')?.settings.url).toBe('../../store');
    expect(remoteOf(config, 'other')).toBeNull();
  });

  test('a line that is nothing is named', () => {
    expect(() => parseConfig('[core]\nremote\n', '.dvc/config')).toThrow(
      '.dvc/config:2: neither a section nor a setting',
    );
  });
});
