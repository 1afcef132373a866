// Column names become API names, and a signature is read back as it was written or refused with its place.

import { describe, expect, test } from 'vitest';
import { apiName, parseSignature } from '#contract/signature.ts';
import { draftOf } from './draft.ts';

describe('apiName', () => {
  test.each([
    ['Observed Length (m)', 'observed_length_m'],
    ['Country/Region', 'country_region'],
    ['  Age  Class ', 'age_class'],
    ['Größe', 'gro_e'],
    ['Côte', 'cote'],
    ['2nd weight', '_2nd_weight'],
    ['__a__', 'a'],
    ['x²', 'x2'],
  ])('%s → %s', (column, name) => {
    expect(apiName(column)).toBe(name);
  });

  test.each(['', '()', '  ', '長さ'])('refuses %o, which leaves nothing', (column) => {
    expect(() => apiName(column)).toThrow('column has no letter or digit');
  });

  test('is its own fixed point', () => {
    for (const column of ['Observed Length (m)', '2nd weight', 'Ünïcode — dash'])
      expect(apiName(apiName(column))).toBe(apiName(column));
  });
});

describe('parseSignature', () => {
  const { signature } = draftOf('m');

  test('a signature survives JSON', () => {
    expect(parseSignature(JSON.parse(JSON.stringify(signature)))).toEqual(signature);
  });

  const [first, second] = signature.features;
  test.each([
    ['no features', { ...signature, features: [] }, '/features must not be empty'],
    [
      'two features of one name',
      { ...signature, features: [first, first] },
      '/features names must be unique',
    ],
    [
      'a category twice',
      { ...signature, features: [{ ...second, categories: ['a', 'a'] }] },
      '/features/0/categories must be unique',
    ],
    [
      'a name that is no API name',
      { ...signature, features: [{ ...first, name: 'Länge' }] },
      '/features/0/name is not an API name: Länge',
    ],
    [
      'an unknown type',
      { ...signature, features: [{ ...first, type: 'colour' }] },
      '/features/0/type must be "number"',
    ],
    [
      'a range that is no number',
      { ...signature, features: [{ ...first, minimum: null }] },
      '/features/0/minimum must be a finite number',
    ],
    [
      'one label',
      { ...signature, target: { ...signature.target, labels: ['a'] } },
      '/target/labels must have at least two',
    ],
  ])('refuses %s', (_, value, message) => {
    expect(() => parseSignature(value)).toThrow(message);
  });
});
