// How numbers, names and what was typed read.

import { describe, expect, test } from 'vitest';
import { createEncoder, type Findings } from '#contract/features/encode-row.ts';
import type { Feature } from '#contract/signature.ts';
import { curlCommand } from '../../site/src/lib/curl.ts';
import { notesOf } from '../../site/src/lib/notes.ts';
import { matching, spelled } from '../../site/src/lib/search.ts';
import { labelOf, targetText } from '../../site/src/lib/signature-text.ts';
import { en } from '../../site/src/lib/words/en.ts';
import { ja } from '../../site/src/lib/words/ja.ts';

test.each([
  [0, '0%'],
  [1e-9, '<0.1%'],
  [0.001, '0.1%'],
  [0.12345, '12.3%'],
  [0.9994, '>99.9%'],
  [1, '100%'],
])('a share of %d is %s: only nothing is nothing, and only all is all', (share, words) => {
  expect(en.numbers.percent(share)).toBe(words);
});

test.each([
  [0.2, 'under 1 ms', '1 ms 未満'],
  [12.4, '12 ms', '12 ms'],
  [1234, '1.2 s', '1.2 秒'],
])('%d milliseconds are %s, and in Japanese %s', (milliseconds, english, japanese) => {
  expect(en.numbers.duration(milliseconds)).toBe(english);
  expect(ja.numbers.duration(milliseconds)).toBe(japanese);
});

test.each([
  [999, '999 bytes', '999 バイト'],
  [81_234, '81.2 kB', '81.2 kB'],
  [14_800_000, '14.8 MB', '14.8 MB'],
])('%d bytes are %s, and in Japanese %s', (size, english, japanese) => {
  expect(en.numbers.bytes(size)).toBe(english);
  expect(ja.numbers.bytes(size)).toBe(japanese);
});

describe('what is wrong with a value', () => {
  const base = { name: 'x', column: 'X', description: '' };
  const features: readonly Feature[] = [
    { ...base, type: 'number', unit: 'm', minimum: 0, maximum: 1, nullable: false },
    { ...base, type: 'category', categories: ['a'], nullable: false },
    { ...base, type: 'boolean', nullable: false },
    { ...base, type: 'date', minimum: '2024-01-01', maximum: '2024-12-31', nullable: false },
  ];
  const values = [null, 2, 1e40, 'b', [], true, '2023-01-01'];
  const rows = [...values.map((x) => ({ x })), {}, { x: 1, y: 1 }, null];
  const details = features.flatMap((feature) => {
    const target = { type: 'number', name: 'y', column: 'Y', unit: null } as const;
    const encoder = createEncoder({ features: [feature], target });
    const findings: Findings = { faults: [], warnings: [] };
    for (const row of rows)
      encoder.encodeRow(row, new Float32Array(encoder.width), 0, '', findings);
    return [...findings.faults, ...findings.warnings].map(({ detail }) => detail);
  });

  test.each([...new Set(details), 'is needed'])('is said in Japanese too: %s', (detail) => {
    expect(ja.faults.ofField(detail)).toMatch(/\p{Script=Hiragana}/u);
    expect(ja.faults.ofField(detail)).not.toMatch(/[a-z]{3,} [a-z]{2,}/);
  });

  test('and what has no sentence yet is said as the API says it', () => {
    expect(ja.faults.ofColumn('size', 'is odd')).toBe('size：is odd');
    expect(en.faults.ofField('is odd')).toBe('This value is odd.');
  });
});

test.each([
  ['Observed Length (m)', 'm', 'Observed Length'],
  ['Observed Length (m)', 'cm', 'Observed Length (m)'],
  ['Length', null, 'Length'],
])('the column %s in %s is labelled %s', (column, unit, label) => {
  const feature = { name: 'x', column, unit, description: '', nullable: false };
  expect(labelOf({ ...feature, type: 'number', minimum: 0, maximum: 1 })).toBe(label);
});

test('a number of the target has its unit, a label is itself', () => {
  const number = { type: 'number', name: 'y', column: 'Y', unit: '€' } as const;
  expect(targetText(number, 352_940.4, en.numbers)).toBe('352,940 €');
  expect(targetText({ ...number, unit: null }, 0.12345678, en.numbers)).toBe('0.12346');
  expect(targetText(number, 'Nile Crocodile', en.numbers)).toBe('Nile Crocodile');
});

describe('a search', () => {
  const options = ['Mexico', "Côte d'Ivoire", 'Congo (DRC)', 'Costa Rica'];

  test('ignores case, accents and apostrophes, and puts what begins so first', () => {
    expect(matching(options, 'CO')).toEqual([
      'Congo (DRC)',
      'Costa Rica',
      "Côte d'Ivoire",
      'Mexico',
    ]);
    expect(matching(options, 'cote divoire')).toEqual(["Côte d'Ivoire"]);
    expect(matching(options, 'Atlantis')).toEqual([]);
    expect(matching(options, '')).toHaveLength(4);
  });

  test('takes a whole word for its option, an exact one before a similar one, and keeps any other', () => {
    expect(spelled(options, ' cote d’ivoire')).toBe("Côte d'Ivoire");
    expect(spelled(['a', 'A'], 'A')).toBe('A');
    expect(spelled(options, ' Atlantis ')).toBe('Atlantis');
  });
});

test('a curl command holds the row in single quotes, whatever is in it', () => {
  const command = curlCommand('http://localhost:8787', 'm', { country: "Côte d'Ivoire", n: null });
  expect(command.split('\n').at(-1)).toBe(
    String.raw`  -d '{"rows":[{"country":"Côte d'\''Ivoire","n":null}]}'`,
  );
});

test('faults go to the field they point at; others are left to the answer', () => {
  const detail = 'is odd';
  const pointers = ['/rows/0/size', '/rows/1/size', '/rows/0', '', '/rows/0/a/b'];
  expect(
    notesOf(
      'fault',
      pointers.map((pointer) => ({ pointer, detail })),
    ),
  ).toEqual({ size: { kind: 'fault', detail } });
});
