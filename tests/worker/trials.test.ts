// Which version answers where a model has a canary or a shadow, and when a canary goes back by itself.

import { readAliases } from '#contract/registry/registry.ts';
import { describe, expect, test } from 'vitest';
import { isPicked } from '../../worker/traffic/bucket.ts';
import { freshIsolate, type Isolate } from './fresh-isolate.ts';
import {
  answers,
  askAll,
  canary,
  countsOf,
  GARBAGE,
  json,
  keys,
  keysOf,
  row,
  shadow,
  told,
  traffic,
  twoVersions,
} from './on-trial.ts';
import { registry } from './tiny-model.ts';

describe('the law of weights', () => {
  test.each([1, 5, 10, 33.33, 50, 90])(
    'of 10,000 keys a canary of %d percent gets its share',
    (weight) => {
      const picked = keys(10_000).filter((key) => isPicked('any/2', key, weight)).length;
      const share = weight / 100;
      // Four standard deviations: one run in 16,000 would be further off, and this one never changes.
      const bound = 4 * Math.sqrt(10_000 * share * (1 - share));
      expect(Math.abs(picked - 10_000 * share)).toBeLessThan(bound);
    },
  );

  test('more weight moves keys to the canary and none away; 0 has none, 100 all', () => {
    for (const key of keys(2_000)) {
      const picked = [0, 0.5, 1, 10, 50, 99, 100].map((weight) => isPicked('any/2', key, weight));
      expect(picked).toEqual(picked.toSorted());
      expect([picked[0], picked.at(-1)]).toEqual([false, true]);
    }
  });

  test('another canary gets other keys', () => {
    const first = keys(10_000).filter((key) => isPicked('any/2', key, 10));
    const both = first.filter((key) => isPicked('any/3', key, 10)).length;
    expect(both).toBeGreaterThan(first.length * 0.05);
    expect(both).toBeLessThan(first.length * 0.15);
  });
});

describe('a canary', () => {
  test('answers a key the same in every isolate, by header or cookie, through every door', async () => {
    const model = 'sticky-canary';
    await twoVersions(model);
    await canary(model);
    const [one, other] = [freshIsolate(), freshIsolate()];
    const seen = new Set<string>();
    const body = JSON.stringify({ rows: [row] });
    const tensors = [
      { name: 'size', datatype: 'FP32', shape: [1], data: [1] },
      { name: 'kind', datatype: 'BYTES', shape: [1], data: ['b'] },
    ];
    const doors: readonly (readonly [path: string, type: string, body: string])[] = [
      [`/v1/models/${model}/predict`, 'application/json', body],
      [`/v1/models/${model}/predict`, 'text/csv', 'size,kind\n1,b\n'],
      [`/v1/models/${model}/predict`, 'application/x-ndjson', JSON.stringify(row)],
      [`/v1/models/${model}/explain`, 'application/json', body],
      [`/v2/models/${model}/infer`, 'application/json', JSON.stringify({ inputs: tensors })],
      [`/v1/models/${model}/invocations`, 'application/json', `{"instances":[[1,"b"]]}`],
    ];
    for (const key of keys(12)) {
      const version = isPicked(`${model}/2`, key, 50) ? '2' : '1';
      seen.add(version);
      for (const [path, type, sent] of doors) {
        for (const headers of [
          { 'x-gharial-sticky': key },
          { cookie: `a=b; gharial_sticky=${key}` },
        ] as Record<string, string>[]) {
          const isolate = 'cookie' in headers ? one : other;
          const init = {
            method: 'POST',
            headers: { 'content-type': type, ...headers },
            body: sent,
          };
          const response = await isolate.ask(path, init);
          expect(response.status, path).toBe(200);
          expect(response.headers.get('x-model-version'), path).toBe(version);
          await response.arrayBuffer();
        }
      }
    }
    expect(seen.size).toBe(2);
  });

  test('gets its share of requests without a key, by their ids; who names a version or an alias gets that', async () => {
    const model = 'random-canary';
    await twoVersions(model);
    await canary(model, { weight: 50 });
    const isolate = freshIsolate();
    const versions: (string | number)[] = [];
    for (let request = 0; request < 200; request++) versions.push(await isolate.version(model));
    const share = versions.filter((version) => version === '2').length;
    // Ids are random: six standard deviations, one run in half a thousand million.
    expect(Math.abs(share - 100)).toBeLessThan(43);
    for (const [name, version] of [
      ['1', '1'],
      ['2', '2'],
      ['champion', '1'],
      ['canary', '2'],
    ])
      for (const key of keys(8)) {
        const response = await isolate.ask(`/v1/models/${model}/versions/${name}/predict`, {
          method: 'POST',
          headers: { ...json, 'x-gharial-sticky': key },
          body: JSON.stringify({ rows: [row] }),
        });
        expect(response.headers.get('x-model-version')).toBe(version);
      }
    expect((await isolate.ask(`/v1/models/${model}/versions/shadow`)).status).toBe(404);
  });

  test('of another order of categories is compared on the same rows, not on the same codes', async () => {
    const model = 'reordered-canary';
    await twoVersions(model, { categories: ['b', 'a'] });
    await canary(model, { weight: 50, guardrail: { min_requests: 1_000 } });
    const isolate = freshIsolate();
    await askAll(isolate, model, keysOf(model, 10, true));
    await askAll(isolate, model, keysOf(model, 10, false));
    expect(await countsOf(isolate, model, '2')).toMatchObject({
      requests: 10,
      rows: 10,
      errors: 0,
      compared: 10,
      disagreements: 10,
      timed: 10,
    });
    expect(await countsOf(isolate, model, '1')).toMatchObject({ requests: 10, compared: 0 });
    const twins = 'same-canary';
    await twoVersions(twins);
    await canary(twins, { weight: 100 });
    await askAll(isolate, twins, keys(10));
    expect(await countsOf(isolate, twins, '2')).toMatchObject({ compared: 10, disagreements: 0 });
  });
});

describe('a canary that is worse goes back within its window, and the history says why', () => {
  const window = { window_s: 60, min_requests: 20 };

  async function expectBack(isolate: Isolate, model: string, reason: RegExp): Promise<void> {
    const { canary: now, weights, history } = await traffic(isolate, model);
    expect(now).toMatchObject({ version: '2', weight: 0 });
    expect(weights).toEqual([
      { version: '1', weight: 100 },
      { version: '2', weight: 0 },
    ]);
    expect(history.at(-1)).toMatchObject({ action: 'guardrail', version: '2', from: 50, to: 0 });
    expect(history.at(-1)).toMatchObject({
      by: 'guardrail',
      reason: expect.stringMatching(reason),
    });
    for (const key of keys(20)) expect(await answers(isolate, model, key)).toBe('1');
    expect((await traffic(freshIsolate(), model)).history).toEqual(history);
  }

  test('by errors: it cannot be loaded, and nobody was refused', async () => {
    const model = 'broken-canary';
    await twoVersions(model, { onnx: GARBAGE });
    await canary(model, { guardrail: window });
    const isolate = freshIsolate();
    await askAll(isolate, model, keysOf(model, 25, true));
    expect((await readAliases(registry, model)).traffic?.canary?.weight).toBe(50);
    await told(isolate, model);
    expect((await readAliases(registry, model)).traffic?.canary?.weight).toBe(0);
    await expectBack(
      isolate,
      model,
      /^errors: 2\d of 2\d requests failed, 0 of \d+ of the champion/,
    );
  });

  test('by disagreement', async () => {
    const model = 'other-canary';
    await twoVersions(model, { categories: ['b', 'a'] });
    await canary(model, { guardrail: window });
    const isolate = freshIsolate();
    await askAll(isolate, model, keysOf(model, 19, true));
    await told(isolate, model);
    expect((await traffic(isolate, model)).canary?.weight).toBe(50);
    await askAll(isolate, model, keysOf(model, 5, true));
    await told(isolate, model);
    await expectBack(
      isolate,
      model,
      /^disagreement: the champion answers otherwise on (2\d) of \1 rows/,
    );
  });

  test('once, when two isolates find it at the same time', async () => {
    const model = 'twice-found-canary';
    await twoVersions(model, { onnx: GARBAGE });
    await canary(model, { guardrail: window });
    const isolates = [freshIsolate(), freshIsolate()];
    for (const isolate of isolates) await askAll(isolate, model, keysOf(model, 25, true));
    await Promise.all(isolates.map((isolate) => told(isolate, model)));
    const { traffic, traffic_history: history } = await readAliases(registry, model);
    expect(traffic?.canary?.weight).toBe(0);
    expect(history.map(({ action }) => action)).toEqual(['canary', 'guardrail']);
  });

  test('by latency', async () => {
    const model = 'slow-canary';
    await twoVersions(model);
    await canary(model, { guardrail: window });
    const isolate = freshIsolate();
    isolate.drift(3);
    await askAll(isolate, model, keysOf(model, 25, false));
    isolate.drift(40);
    await askAll(isolate, model, keysOf(model, 25, true));
    isolate.drift(0);
    await told(isolate, model);
    await expectBack(isolate, model, /^latency: [\d.]+ ms in the mean, the champion [\d.]+ ms/);
  });

  test('but not for what it did before the window, nor for what its clients did', async () => {
    const model = 'forgiven-canary';
    await twoVersions(model, { categories: ['b', 'a'] });
    await canary(model, { guardrail: window });
    const isolate = freshIsolate();
    for (let round = 0; round < 4; round++) {
      await askAll(isolate, model, keysOf(model, 10, true));
      await told(isolate, model);
      isolate.advance(60_000);
    }
    for (const key of keysOf(model, 30, true)) {
      const response = await isolate.ask(`/v1/models/${model}/predict`, {
        method: 'POST',
        headers: { ...json, 'x-gharial-sticky': key },
        body: '{"rows":[{"size":"long","kind":"b"}]}',
      });
      expect(response.status).toBe(400);
    }
    await told(isolate, model);
    const { canary: now, counts } = await traffic(isolate, model);
    expect(now).toMatchObject({ weight: 50, verdict: { state: 'waiting' } });
    expect(counts.find(({ version }) => version === '2')).toMatchObject({ errors: 0, refused: 30 });
  });
});

describe('a shadow', () => {
  test('answers what the champion answered, and is seen by nobody', async () => {
    const model = 'shadowed';
    await twoVersions(model, { categories: ['b', 'a'] });
    await shadow(model);
    const isolate = freshIsolate();
    for (const key of keys(30)) expect(await answers(isolate, model, key)).toBe('1');
    const { counts, weights, canary: none } = await traffic(isolate, model);
    expect(counts).toMatchObject([
      { version: '1', requests: 30, compared: 0 },
      { version: '2', requests: 0, compared: 30, disagreements: 30, errors: 0 },
    ]);
    expect(weights).toEqual([{ version: '1', weight: 100 }]);
    expect(none).toBeNull();
  });

  test('that cannot answer fails nobody, and is counted', async () => {
    const model = 'broken-shadow';
    await twoVersions(model, { onnx: GARBAGE });
    await shadow(model);
    const isolate = freshIsolate();
    for (const key of keys(10)) expect(await answers(isolate, model, key)).toBe('1');
    expect(await countsOf(isolate, model, '2')).toMatchObject({ errors: 10, compared: 0 });
  });

  test('looks at the first rows of a batch only', async () => {
    const model = 'shadowed-batch';
    await twoVersions(model);
    await shadow(model);
    const isolate = freshIsolate();
    const rows = Array.from({ length: 1_000 }, () => row);
    const body = JSON.stringify({ rows });
    expect(
      (await isolate.ask(`/v1/models/${model}/predict`, { method: 'POST', body })).status,
    ).toBe(200);
    expect(await countsOf(isolate, model, '2')).toMatchObject({ compared: 100, disagreements: 0 });
    expect(await countsOf(isolate, model, '1')).toMatchObject({ requests: 1, rows: 1_000 });
  });
});
