// How numbers, names and what was typed read.

import { describe, expect, test } from 'vitest';
import { curlCommand } from '../../site/src/lib/curl.ts';
import { notesOf } from '../../site/src/lib/notes.ts';
import { matching, spelled } from '../../site/src/lib/search.ts';
import { duration, labelOf, percent, targetText } from '../../site/src/lib/words.ts';

test.each([
  [0, '0%'],
  [1e-9, '<0.1%'],
  [0.001, '0.1%'],
  [0.12345, '12.3%'],
  [0.9994, '>99.9%'],
  [1, '100%'],
])('a share of %d is %s: only nothing is nothing, and only all is all', (share, words) => {
  expect(percent(share)).toBe(words);
});

test.each([
  [0.2, 'under 1 ms'],
  [12.4, '12 ms'],
  [1234, '1.2 s'],
])('%d milliseconds are %s', (milliseconds, words) => {
  expect(duration(milliseconds)).toBe(words);
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
  expect(targetText(number, 352_940.4)).toBe('352,940 €');
  expect(targetText({ ...number, unit: null }, 0.12345678)).toBe('0.12346');
  expect(targetText(number, 'Nile Crocodile')).toBe('Nile Crocodile');
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
  ).toEqual({ size: { kind: 'fault', text: 'This value is odd.' } });
});
