// The form's text, the row and the link are three shapes of one thing.

import { describe, expect, test } from 'vitest';
import type { Signature } from '#contract/signature.ts';
import { draftOf, draftOfHash, hashOf, rowOf } from '../../site/src/lib/draft.ts';

const SIGNATURE: Signature = {
  features: [
    {
      type: 'number',
      name: 'size',
      column: 'Size',
      description: '',
      nullable: false,
      unit: 'm',
      minimum: 0,
      maximum: 9,
    },
    {
      type: 'category',
      name: 'kind',
      column: 'Kind',
      description: '',
      nullable: true,
      categories: ["Côte d'Ivoire", 'a&b=c#d', '+', '100%'],
    },
  ],
  target: { type: 'number', name: 'y', column: 'Y', unit: null },
};

const EMPTY = { size: '', kind: '' };

describe('a draft', () => {
  test.each([
    { size: 2.4, kind: "Côte d'Ivoire" },
    { size: -1e-7, kind: 'a&b=c#d' },
    { size: 0, kind: '+' },
    { size: 1e21, kind: '100%' },
    { size: 5, kind: null },
  ])('of a row gives that row back, also through a link: $size, $kind', (row) => {
    const draft = draftOf(SIGNATURE, row);
    expect(rowOf(SIGNATURE, draft)).toEqual({ row, faults: [] });
    expect(draftOfHash(SIGNATURE, hashOf(draft), EMPTY)).toEqual(draft);
  });

  test('with a gap is no row, and says which field it is', () => {
    expect(rowOf(SIGNATURE, EMPTY)).toEqual({
      row: null,
      faults: [{ pointer: '/rows/0/size', detail: 'is needed' }],
    });
  });

  test('that no float32 holds is no row, by the contract’s own rule', () => {
    const { row, faults } = rowOf(SIGNATURE, { size: '1e39', kind: '' });
    expect(row).toBeNull();
    expect(faults.map(({ pointer }) => pointer)).toEqual(['/rows/0/size']);
  });
});

describe('a link', () => {
  test('that names some fields leaves the others, and what is no field is left out', () => {
    const otherwise = { size: '3', kind: '+' };
    expect(draftOfHash(SIGNATURE, '#kind=100%25&size2=7', otherwise)).toEqual({
      size: '3',
      kind: '100%',
    });
    expect(draftOfHash(SIGNATURE, '#content', otherwise)).toEqual(otherwise);
  });

  test.each(['abc', '0x10', '1e999', 'Infinity', ' 1', '--1', '1.'])(
    'with a number that a number field cannot show leaves the field empty: %s',
    (text) => {
      const hash = `#${new URLSearchParams({ size: text })}`;
      expect(draftOfHash(SIGNATURE, hash, { size: '3', kind: '' }).size).toBe('');
    },
  );
});
