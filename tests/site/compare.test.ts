// Two versions beside each other, and a model's history as one list.

import { expect, test } from 'vitest';
import type { TabularManifest } from '#contract/manifest.ts';
import { differencesOf } from '../../site/src/lib/compare.ts';
import { timelineOf } from '../../site/src/lib/timeline.ts';
import { liveWords } from '../../site/src/lib/words/en-live.ts';
import { en } from '../../site/src/lib/words/en.ts';
import { HOUSE_PRICE } from '../e2e/house-price.ts';

const words = { ...en, ...liveWords };

const { manifest } = HOUSE_PRICE;
const [, garden] = manifest.signature.features;

test('a repeated run differs in nothing', () => {
  const again = { ...manifest, version: '4', created_at: '2027-01-01T00:00:00.000Z' };
  expect(differencesOf(manifest, again, en)).toEqual([]);
});

test('what was changed is named, on the side it is on', () => {
  const changed: TabularManifest = {
    ...manifest,
    signature: {
      ...manifest.signature,
      features: [
        { ...garden!, type: 'category', categories: ['yes', 'perhaps'] },
        { type: 'boolean', name: 'cellar', column: 'Cellar', description: '', nullable: false },
      ],
    },
    training: { ...manifest.training, parameters: { max_depth: 3 }, seed: 2 },
  };
  expect(differencesOf(manifest, changed, en)).toEqual([
    { what: 'Feature area', here: '20 to 450 m²', there: 'not there' },
    {
      what: 'Feature garden',
      here: '2 categories, only here: no',
      there: '2 categories, only here: perhaps',
    },
    { what: 'Feature cellar', here: 'not there', there: 'yes or no' },
    { what: 'max_depth', here: 'not said', there: '3' },
    { what: 'Seed', here: '1', there: '2' },
  ]);
});

test('a version is made before an alias moves to it, even within one millisecond', () => {
  const at = manifest.created_at;
  const move = {
    action: 'promote' as const,
    at,
    alias: 'champion',
    from: null,
    to: '3',
    by: 'trainer',
    reason: 'first',
  };
  const events = timelineOf({ manifests: [manifest], history: [move], traffic: [] }, words);
  expect(events.map(({ text }) => text)).toEqual(['3 became champion', 'Version 3 was made']);
});

test('what was done to the traffic is told among the moves, in words', () => {
  const change = { at: manifest.created_at, by: 'a person', reason: 'careful', version: '4' };
  const traffic = [
    { ...change, action: 'canary' as const, from: null, to: 5 },
    { ...change, action: 'canary' as const, from: 5, to: 12.5 },
    { ...change, action: 'guardrail' as const, from: 12.5, to: null },
    { ...change, action: 'shadow' as const, from: null, to: 10 },
  ];
  const events = timelineOf({ manifests: [], history: [], traffic }, words);
  expect(events.map(({ text }) => text).toReversed()).toEqual([
    'Version 4 became canary with 5.0%',
    'The canary, version 4, went from 5.0% to 12.5%',
    'The guardrail took version 4 back',
    'Version 4 became shadow',
  ]);
});
