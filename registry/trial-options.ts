// The words of npm run canary and shadow that are more than a word: numbers with a range, and the guardrail in one line.

import { InvalidArgumentError } from 'commander';
import { parseGuardrail, type Guardrail } from '#contract/traffic/guardrail.ts';
import { ParseError } from '#contract/shapes/parse.ts';
import { parsePercent, parseTolerance } from '#contract/traffic/traffic.ts';

/** `window=600,requests=100,errors=0.02,disagreement=0.2,latency=2`: any of them; `off` for a rule that is not to judge. */
const FIELDS: Readonly<Record<string, keyof Guardrail>> = {
  window: 'window_s',
  requests: 'min_requests',
  errors: 'max_error_margin',
  disagreement: 'max_disagreement',
  latency: 'max_latency_ratio',
};

export const GUARDRAIL_HELP = `${Object.keys(FIELDS).join('=…,')}=…; off for a rule`;

/** Throws InvalidArgumentError, as the others here. */
export const guardrailOption = (text: string): Guardrail =>
  asked(() => {
    const fields = text.split(',').map((part) => {
      const [name = '', value = ''] = part.split('=').map((word) => word.trim());
      const field = Object.hasOwn(FIELDS, name) ? FIELDS[name]! : undefined;
      if (field === undefined)
        throw new ParseError('', `has no ${name}, only ${Object.keys(FIELDS).join(', ')}`);
      return [field, value === 'off' ? null : numberOf(value)];
    });
    return parseGuardrail(Object.fromEntries(fields), '');
  });

export const percentOption = (text: string): number =>
  asked(() => parsePercent(numberOf(text.replace(/%$/, '')), ''));

export const toleranceOption = (text: string): number =>
  asked(() => parseTolerance(numberOf(text), ''));

/** Empty text is no number, though JavaScript takes it for zero. */
const numberOf = (text: string): number => (text.trim() === '' ? NaN : Number(text));

function asked<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const place = error.pointer === '' ? 'it' : error.pointer.slice(1);
    throw new InvalidArgumentError(`${place} ${error.fault}`);
  }
}
