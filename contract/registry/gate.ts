// The gate: whether a challenger may become champion. Pure: two versions in, an answer with its reasons out.

import type { Holdout } from './holdout.ts';
import type { Manifest } from '../manifest.ts';
import { compareHoldouts } from './compare-holdouts.ts';
import { manifestChanges } from './signature-changes.ts';

export interface Contestant {
  readonly manifest: Manifest;
  /** Null when the version was published without one. */
  readonly holdout: Holdout | null;
}

export interface GateOptions {
  /** Null before the first promotion. */
  readonly champion: Contestant | null;
  readonly challenger: Contestant;
  /** A person has seen that requests which fit the champion may not fit the challenger. */
  readonly acceptSignatureChange?: boolean;
}

export interface Reason {
  readonly rule: 'metric' | 'parity' | 'signature' | 'budget';
  readonly passed: boolean;
  readonly detail: string;
}

export interface Verdict {
  readonly passed: boolean;
  /** One a rule, for and against. */
  readonly reasons: readonly Reason[];
}

/** A session holds about twelve times its file, and an isolate keeps 48 MiB of them (docs/decisions/004). */
export const MODEL_BYTES = 4 * 1_048_576;

/** What two answers of one model may differ by and count as equal. */
const PARITY_TOLERANCE = 1e-6;

export function gate(options: GateOptions): Verdict {
  const { challenger } = options;
  const reasons = [
    metricRule(options),
    parityRule(challenger.manifest),
    signatureRule(options),
    budgetRule(challenger.manifest),
  ];
  return { passed: reasons.every(({ passed }) => passed), reasons };
}

/** What speaks against it, one text a rule. */
export const objections = ({ reasons }: Verdict): readonly string[] =>
  reasons.filter(({ passed }) => !passed).map(({ rule, detail }) => `${rule}: ${detail}`);

function metricRule({ champion, challenger }: GateOptions): Reason {
  const rule = 'metric';
  if (champion === null) return { rule, passed: true, detail: 'there is no champion yet' };
  const comparison = compareHoldouts(champion.holdout, challenger.holdout);
  if (comparison.comparable)
    return { rule, passed: comparison.gain >= comparison.margin, detail: comparison.detail };
  if (isStandIn(champion.manifest))
    return {
      rule,
      passed: true,
      detail: `${comparison.detail}; the champion learned from a synthetic table and gives way`,
    };
  return { rule, passed: false, detail: comparison.detail };
}

function parityRule({ parity }: Manifest): Reason {
  const { rows, label_differences, max_difference } = parity;
  if (rows === 0)
    return {
      rule: 'parity',
      passed: true,
      detail: 'the ONNX file is the model: nothing to compare',
    };
  return {
    rule: 'parity',
    passed: label_differences === 0 && max_difference <= PARITY_TOLERANCE,
    detail: `${label_differences} of ${rows} labels differ, values by ${max_difference} at most`,
  };
}

function signatureRule({ champion, challenger, acceptSignatureChange }: GateOptions): Reason {
  const rule = 'signature';
  if (champion === null) return { rule, passed: true, detail: 'there is no champion yet' };
  const changes = manifestChanges(champion.manifest, challenger.manifest);
  if (changes.length === 0)
    return { rule, passed: true, detail: 'requests that fit the champion fit the challenger' };
  const detail = changes.join('; ');
  if (acceptSignatureChange === true) return { rule, passed: true, detail: `${detail} (accepted)` };
  if (isStandIn(champion.manifest) && !isStandIn(challenger.manifest))
    return { rule, passed: true, detail: `${detail} (the champion was a stand-in)` };
  return { rule, passed: false, detail };
}

function budgetRule({ files }: Manifest): Reason {
  const size = files['model.onnx']?.size ?? 0;
  const passed = size <= MODEL_BYTES;
  const relation = passed ? 'of at most' : 'is more than';
  return {
    rule: 'budget',
    passed,
    detail: `model.onnx: ${size} bytes, ${relation} ${MODEL_BYTES}`,
  };
}

/** A dataset's source begins with this word when its table is made up (data/). */
const isStandIn = ({ data }: Manifest): boolean => data.source.startsWith('synthetic');
