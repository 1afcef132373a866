import { describe, expect, test } from 'vitest';
import { parseReference } from '#contract/model/reference.ts';
import { advanceAlerts, type Alert, type Finding } from '#monitor/alerts.ts';
import { addCounters, countOutcome, countRows, emptyCounters } from '#monitor/counters.ts';
import { driftOf } from '#monitor/drift.ts';
import { findingsOf } from '#monitor/findings.ts';
import { makeReference } from '#monitor/make-reference.ts';
import { confirmationOf, performanceOf } from '#monitor/performance.ts';
import { createRandom } from '../../data/random.ts';
import { rowsUntilAlert, stationaryLifetimes } from '../../tools/bench-monitor/lifetimes.ts';

/** Two features and two labels: a sure answer is right nine times of ten. */
function world(rows: number, seed: number, { shift = 0, outside = false } = {}) {
  const random = createRandom(seed);
  const features = new Float32Array(rows * 2);
  const outputs = new Float32Array(rows * 2);
  const truth = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    features[row * 2] = outside && row % 2 === 0 ? 1e6 : random.uniform() + shift;
    features[row * 2 + 1] = Math.floor(random.uniform() * 3);
    const second = random.uniform() < 0.5 ? 0.9 : 0.1;
    outputs.set([1 - second, second], row * 2);
    truth[row] = Number(random.uniform() < second);
  }
  return { rows, features, outputs, truth };
}

const column = (features: Float32Array, at: number): Float32Array =>
  features.filter((_, place) => place % 2 === at);

const training = world(1000, 1);
const reference = makeReference({
  rows: training.rows,
  features: [
    { name: 'size', values: column(training.features, 0), categories: null },
    { name: 'place', values: column(training.features, 1), categories: 3 },
  ],
  heldOut: {
    type: 'category',
    labels: 2,
    probabilities: training.outputs,
    truth: training.truth,
  },
});

const observe = (day: ReturnType<typeof emptyCounters>) =>
  findingsOf({
    version: '1',
    reference,
    day,
    requests: { requests: day.rows, refused: 0, errors: 0 },
    silence: { hours: 0, usual_rows: 0 },
    test: null,
  });

test('parsing a reference that was written is the reference', () => {
  expect(parseReference(JSON.stringify(reference))).toEqual(reference);
});

test('counters of parts add up to the counters of the whole', () => {
  const { features, outputs } = world(100, 2);
  const part = (from: number, to: number) =>
    countRows(reference, {
      rows: to - from,
      features: features.slice(from * 2, to * 2),
      outputs: outputs.slice(from * 2, to * 2),
    });
  const sum = addCounters(addCounters(part(0, 30), part(30, 31)), part(31, 100));
  expect(sum).toEqual(part(0, 100));
  expect(addCounters(sum, emptyCounters(reference))).toEqual(sum);
});

test('rows like the training rows have not drifted, and raise nothing', () => {
  const day = countRows(reference, world(500, 3));
  expect(driftOf(reference, day).map(({ drifted }) => drifted)).toEqual([false, false]);
  expect(observe(day)).toEqual([]);
});

test('a feature that moved has drifted, the other has not; drift alone is no finding', () => {
  const day = countRows(reference, world(500, 4, { shift: 0.04 }));
  const moved = countRows(reference, world(500, 4, { shift: 0.3 }));
  expect(driftOf(reference, moved).map(({ drifted }) => drifted)).toEqual([true, false]);
  expect(observe(day)).toEqual([]);
});

test('rows outside of the training range are not estimated, and are a finding about their feature', () => {
  const day = countRows(reference, world(400, 5, { outside: true }));
  expect(performanceOf(reference, day).estimated_share).toBeCloseTo(0.5, 1);
  expect(observe(day)).toMatchObject([{ kind: 'input_broken', subject: 'size' }]);
});

describe('performance', () => {
  const live = world(600, 6);
  const counted = countRows(reference, live);

  test('is estimated near what the ground truth says, which confirms it', () => {
    const outcomes = Array.from(live.truth, (label, row) =>
      countOutcome(reference, {
        loss: Number((live.outputs[row * 2 + 1]! > 0.5 ? 1 : 0) !== label),
        features: live.features.slice(row * 2, row * 2 + 2),
        delay: 3,
        source: 'api',
      }),
    );
    const all = outcomes.reduce(addCounters, counted);
    const found = performanceOf(reference, all);
    expect(found.estimate!.value).toBeCloseTo(found.realised!.value, 1);
    expect(confirmationOf(found)).toBe('confirmed');
    expect(all.delays).toEqual([0, 600, 0, 0, 0, 0, 0, 0, 0]);
  });

  test('reports from the page are counted apart', () => {
    const outcome = { loss: 1, features: null, delay: 0, source: 'page' } as const;
    const all = addCounters(counted, countOutcome(reference, outcome));
    expect(performanceOf(reference, all).realised).toBeNull();
    expect(all.known_page).toBe(1);
  });
});

test('a stationary life raises an alert in at most 5 %, and a drop is found', () => {
  const quiet = stationaryLifetimes({ lives: 100, hours: 240, accuracy: 0.95, seed: 8 });
  expect(quiet.false_alerts).toBeLessThanOrEqual(0.05);
  expect(rowsUntilAlert({ lives: 51, before: 0, from: 0.95, to: 0.85, seed: 9 })).toBeLessThan(200);
});

describe('alerts', () => {
  const finding = (kind: Finding['kind'], subject = ''): Finding => {
    return { kind, subject, version: '1', detail: 'as measured' };
  };
  const at = (hour: number): Date => new Date(Date.UTC(2026, 0, 1, hour));
  /** Looks once for each list of findings, at its hour; answers the alerts and how often somebody was notified. */
  const look = (...looks: readonly (readonly [hour: number, ...found: Finding[]])[]) => {
    let alerts: readonly Alert[] = [];
    let notified = 0;
    for (const [hour, ...found] of looks) {
      const next = advanceAlerts(alerts, found, at(hour));
      alerts = next.alerts;
      notified += next.opened.length;
    }
    return { states: alerts.map(({ state }) => state), notified, alerts };
  };
  const errors = finding('errors');

  test('an opening is notified once, however often it is found again', () => {
    expect(look([0, errors], [1, errors], [9, errors])).toMatchObject({
      states: ['open'],
      notified: 1,
    });
  });

  test('symptoms within an hour are one alert with several pieces of evidence', () => {
    const { alerts, notified } = look([0, errors], [1, finding('input_broken', 'size')]);
    expect(alerts[0]!.evidence).toHaveLength(2);
    expect(notified).toBe(1);
  });

  test('a later symptom is an alert of its own', () => {
    expect(look([0, errors], [5, errors, finding('silence')]).notified).toBe(2);
  });

  test('an alert closes after a quiet day, and the next finding opens another', () => {
    expect(look([0, errors], [23], [25], [26, errors])).toMatchObject({
      states: ['closed', 'open'],
      notified: 2,
    });
  });
});
