// SQL's LIKE patterns come from clients: they must cost in proportion to what was sent, whatever it is.

import { expect, test } from 'vitest';
import { matchesLike } from '../../worker/protocols/mlflow/parse-search.ts';

test.each([
  ['', '', true],
  ['%', '', true],
  ['%', 'anything', true],
  ['a_c', 'abc', true],
  ['a_c', 'ac', false],
  ['%-species', 'crocodile-species', true],
  ['croc%cies', 'crocodile-species', true],
  ['croc%cie', 'crocodile-species', false],
  ['%a%b%', 'xxaxxbxx', true],
  ['%a%b%', 'xxbxxaxx', false],
  ['%ab', 'aab', true],
  ['.*', 'anything', false],
  ['[a-z]', 'b', false],
  ['a\nb', 'a\nb', true],
])('%o matches %o: %o', (pattern, text, matches) => {
  expect(matchesLike(pattern, text)).toBe(matches);
});

test('a pattern agrees with its regular expression on every short pattern and text', () => {
  const words = (letters: string, length: number): string[] =>
    length === 0
      ? ['']
      : words(letters, length - 1).flatMap((word) => [...letters].map((letter) => word + letter));
  for (let size = 0; size <= 4; size++)
    for (const pattern of words('ab%_', size)) {
      const expression = new RegExp(`^${pattern.replaceAll('%', '.*').replaceAll('_', '.')}$`);
      for (const text of [0, 1, 2, 3, 4].flatMap((length) => words('ab', length)))
        expect(matchesLike(pattern, text), `${pattern} on ${text}`).toBe(expression.test(text));
    }
});

test('patterns of many wildcards take at most a second for 200 long names', () => {
  const started = performance.now();
  for (let names = 0; names < 200; names++)
    expect(matchesLike(`${'%a'.repeat(500)}!`, 'a'.repeat(1000))).toBe(false);
  expect(performance.now() - started).toBeLessThan(1000);
});
