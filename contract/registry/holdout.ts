// holdout.json: what a version lost on each row when that row was held out. Two versions are compared on the rows that
// both know, each row's loss beside its own: what a challenger gains is then not the luck of other rows.

import {
  parseJson,
  parseNumber,
  parseObject,
  parseRecord,
  parseText,
  ParseError,
} from '../shapes/parse.ts';

export const HOLDOUT_FILE = 'holdout.json';
export const HOLDOUT_FORMAT_VERSION = 1;

/** Log-loss in nats of the true label, or the squared error in the square of the target's unit. */
export type Loss = 'log_loss' | 'squared_error';

export interface Holdout {
  readonly format_version: typeof HOLDOUT_FORMAT_VERSION;
  readonly loss: Loss;
  /** The target's column: losses of different targets are not compared. */
  readonly target: string;
  /** How much better than the champion a challenger must be: nats, or the target's unit (of the RMSE). */
  readonly margin: number;
  /** Out-of-fold loss by row: 16 hex digits of the SHA-256 of its cells. Equal rows have the mean of theirs. */
  readonly rows: Readonly<Record<string, number>>;
}

/** Parses holdout.json. Throws ParseError with the pointer of the first fault. */
export function parseHoldout(text: string): Holdout {
  const object = parseObject(parseJson(text), '');
  if (object.format_version !== HOLDOUT_FORMAT_VERSION)
    throw new ParseError('/format_version', `must be ${HOLDOUT_FORMAT_VERSION}`);
  if (object.loss !== 'log_loss' && object.loss !== 'squared_error')
    throw new ParseError('/loss', 'must be "log_loss" or "squared_error"');
  return {
    format_version: HOLDOUT_FORMAT_VERSION,
    loss: object.loss,
    target: parseText(object.target, '/target'),
    margin: parseNumber(object.margin, '/margin'),
    rows: parseRecord(object.rows, '/rows', parseNumber),
  };
}
