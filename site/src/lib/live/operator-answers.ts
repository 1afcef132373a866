// Parses what the admin routes answer: the gate's verdict, and where an alias went.

import type { Reason, Verdict } from '#contract/registry/gate.ts';
import type { GateAnswer } from '#contract/registry/alias-answers.ts';
import {
  ParseError,
  parseJson,
  parseList,
  parseObject,
  parseText,
} from '#contract/shapes/parse.ts';

export function parseGateAnswer(text: string): GateAnswer {
  const answer = parseObject(parseJson(text), '');
  const { from, verdict } = answer;
  return {
    model: parseText(answer.model, '/model'),
    alias: parseText(answer.alias, '/alias'),
    version: parseText(answer.version, '/version'),
    from: from === null ? null : parseText(from, '/from'),
    verdict: verdict === null ? null : parseVerdict(verdict),
  };
}

/** The version the alias is at now. */
export const parseMoved = (text: string): string =>
  parseText(parseObject(parseJson(text), '').version, '/version');

function parseVerdict(value: unknown): Verdict {
  const { passed, reasons } = parseObject(value, '/verdict');
  return {
    passed: passed === true,
    reasons: parseList(reasons, '/verdict/reasons', (item, at) => {
      const reason = parseObject(item, at);
      return {
        rule: parseRule(reason.rule, `${at}/rule`),
        passed: reason.passed === true,
        detail: parseText(reason.detail, `${at}/detail`),
      };
    }),
  };
}

const RULES: readonly string[] = [
  'metric',
  'parity',
  'signature',
  'budget',
] satisfies readonly Reason['rule'][];

function parseRule(value: unknown, at: string): Reason['rule'] {
  if (typeof value !== 'string' || !RULES.includes(value))
    throw new ParseError(at, 'is not a rule of the gate');
  return value as Reason['rule'];
}
