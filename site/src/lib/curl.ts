// The question on the page as a command for a shell.

import type { PredictRequest } from '#contract/predict.ts';
import type { Row } from './draft.ts';

/** A POSIX shell command that asks the API at `origin` what the page asks it. */
export function curlCommand(origin: string, model: string, row: Row): string {
  const request: PredictRequest = { rows: [row] };
  return [
    `curl ${origin}/v1/models/${model}/predict`,
    `-H 'content-type: application/json'`,
    `-d ${quoted(JSON.stringify(request))}`,
  ].join(' \\\n  ');
}

/** A quote within single quotes: close, an escaped quote, open again (POSIX shell, 2.2.2). */
export const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
