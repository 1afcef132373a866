// What counts as a finding: live counters of one version against its reference, over the last day and the day's hours.

import type { Reference } from '#contract/model/reference.ts';
import type { Finding } from './alerts.ts';
import { isWorse, type LossTest } from './anytime.ts';
import { ABOVE, BELOW, MISSING, type Counters } from './counters.ts';
import { performanceOf } from './performance.ts';
import { normalSurvival } from './special-functions.ts';

/** Requests in a period; refusals are the sender's doing, errors ours. */
export interface RequestCounts {
  readonly requests: number;
  readonly refused: number;
  readonly errors: number;
}

export interface Observation {
  readonly version: string;
  readonly reference: Reference;
  /** The last 24 hours. */
  readonly day: Counters;
  readonly requests: RequestCounts;
  /** Hours since the last request, and rows of the same number of hours before that and a week earlier. */
  readonly silence: { readonly hours: number; readonly usual_rows: number };
  readonly test: LossTest | null;
}

/** Nothing is found in fewer rows than these. */
const MIN_ROWS = 50;
/** Share of values beyond what training had that counts as broken, when it is more than chance. */
const BROKEN_SHARE = 0.05;
const ERROR_SHARE = 0.02;
const REFUSED_SHARE = 0.2;
const FEW = 20;
/** A one-sided test at this level stands behind each share. */
const LEVEL = 1e-3;
const SILENT_HOURS = 6;
const SILENT_ROWS = 20;

export function findingsOf(observation: Observation): readonly Finding[] {
  const { version } = observation;
  return [
    ...realised(observation),
    ...estimated(observation),
    ...brokenInputs(observation),
    ...failures(observation),
    ...silence(observation),
  ].map((found) => ({ ...found, version }));
}

type Found = Omit<Finding, 'version'>;

function realised({ test, reference }: Observation): readonly Found[] {
  if (test === null || !isWorse(test)) return [];
  const { loss, type } = reference.target;
  const [now, then] = [test.sum / test.rows, loss.mean];
  const detail =
    type === 'category'
      ? `accuracy is ${percent(1 - now)} on ${test.rows} rows with ground truth, ${percent(1 - then)} in training`
      : `the mean absolute error is ${figure(now * loss.cap)} on ${test.rows} rows with ground truth, ${figure(then * loss.cap)} in training`;
  return [{ kind: 'performance_realised', subject: '', detail }];
}

function estimated({ reference, day }: Observation): readonly Found[] {
  const { estimate } = performanceOf(reference, day);
  if (estimate === null || day.estimated < MIN_ROWS) return [];
  const { chunks, type } = reference.target;
  // Ten reference chunks have a size of their own: a smaller period varies more.
  const margin = 3 * Math.max(chunks.sd, estimate.error);
  const worse = type === 'category' ? chunks.mean - estimate.value : estimate.value - chunks.mean;
  if (worse <= margin) return [];
  const detail =
    type === 'category'
      ? `accuracy is estimated at ${percent(estimate.value)}, below the threshold of ${percent(chunks.mean - margin)}`
      : `the mean absolute error is estimated at ${figure(estimate.value)}, above the threshold of ${figure(chunks.mean + margin)}`;
  return [{ kind: 'performance_estimated', subject: '', detail }];
}

function brokenInputs({ reference, day, requests }: Observation): readonly Found[] {
  const features = reference.features.flatMap((feature, index): Found[] => {
    const counts = day.features[index]!;
    const unknown = feature.type === 'category' ? feature.unknown : 0;
    const missing = broken(counts[MISSING]!, day.rows, feature.missing, reference.rows);
    const outside = broken(counts[BELOW]! + counts[ABOVE]!, day.rows, unknown, reference.rows);
    const what = feature.type === 'category' ? 'an unknown category' : 'outside the training range';
    return [
      ...(missing === null ? [] : [`${feature.name} is missing in ${missing}`]),
      ...(outside === null ? [] : [`${feature.name} is ${what} in ${outside}`]),
    ].map((detail) => ({ kind: 'input_broken', subject: feature.name, detail }));
  });
  const { refused, requests: answered } = requests;
  const asked = refused + answered;
  const isRefused = refused >= FEW && refused > REFUSED_SHARE * asked;
  if (!isRefused) return features;
  const detail = `${refused} of ${asked} requests were refused: they do not fit the model`;
  return [...features, { kind: 'input_broken', subject: '', detail }];
}

/** The share as text when it is larger than training's by more than chance and more than matters; null otherwise. */
function broken(found: number, rows: number, usual: number, usualRows: number): string | null {
  if (rows < MIN_ROWS || found < FEW / 2) return null;
  const [now, then] = [found / rows, usual / usualRows];
  if (now - then <= BROKEN_SHARE) return null;
  const both = (found + usual) / (rows + usualRows);
  const z = (now - then) / Math.sqrt(both * (1 - both) * (1 / rows + 1 / usualRows));
  if (normalSurvival(z) > LEVEL) return null;
  return `${found} of ${rows} rows (${percent(now)}), ${percent(then)} in training`;
}

function failures({ requests: { requests, errors } }: Observation): readonly Found[] {
  if (errors < FEW / 2 || errors <= ERROR_SHARE * requests) return [];
  const detail = `${errors} of ${requests} requests failed`;
  return [{ kind: 'errors', subject: '', detail }];
}

function silence({ silence: { hours, usual_rows } }: Observation): readonly Found[] {
  if (hours < SILENT_HOURS || usual_rows < SILENT_ROWS) return [];
  const detail = `no request for ${Math.floor(hours)} hours; ${usual_rows} rows are usual in that time`;
  return [{ kind: 'silence', subject: '', detail }];
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const figure = (value: number): string => String(Number(value.toPrecision(4)));
