// The body of POST /v1/models/{model}/predict: out of JSON come rows, out of probabilities comes JSON.

import type { Warning } from '#contract/encode.ts';
import { shortestDecimal } from '#contract/float32.ts';
import type { Manifest } from '#contract/manifest.ts';
import { invalid, ProblemError } from '#contract/problem.ts';
import type { Target } from '#contract/signature.ts';
import type { Inference } from '../inference/predictor.ts';
import { MAX_ROWS } from '../limits.ts';

/** The rows of a request, not yet checked against a signature. Throws ProblemError: invalid_request, too_large. */
export function parseRows(body: unknown): readonly unknown[] {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw invalid('', 'must be an object such as {"rows": [{…}]}');
  const other = Object.keys(body).find((key) => key !== 'rows');
  if (other !== undefined) throw invalid(`/${other}`, 'is not known here; the rows go into "rows"');
  if (!('rows' in body)) throw invalid('/rows', 'is missing');
  const { rows } = body;
  if (!Array.isArray(rows)) throw invalid('/rows', 'must be a list of rows');
  if (rows.length === 0) throw invalid('/rows', 'must have at least one row');
  if (rows.length > MAX_ROWS)
    throw new ProblemError(
      'too_large',
      `${rows.length} rows are more than the ${MAX_ROWS} of a request`,
    );
  return rows;
}

/** PredictResponse as JSON text. Written by hand: probabilities are most of it, and their text is known beforehand. */
export function formatPrediction(manifest: Manifest, id: string, inference: Inference): string {
  const format = predictionFormat(manifest.signature.target);
  const { outputs, rows, warnings } = inference;
  const width = outputs.length / rows;
  const predictions: string[] = [];
  for (let row = 0; row < rows; row++) predictions.push(format(outputs, row * width));
  return (
    `{"model_name":${JSON.stringify(manifest.model)},"model_version":"${manifest.version}",` +
    `"id":${JSON.stringify(id)},"predictions":[${predictions.join(',')}]${formatWarnings(warnings)}}`
  );
}

type PredictionFormat = (outputs: Float32Array, offset: number) => string;

const formats = new WeakMap<Target, PredictionFormat>();

function predictionFormat(target: Target): PredictionFormat {
  let format = formats.get(target);
  if (format === undefined) {
    format = target.type === 'category' ? classFormat(target.labels) : valueFormat;
    formats.set(target, format);
  }
  return format;
}

const valueFormat: PredictionFormat = (outputs, offset) => `{"value":${decimal(outputs[offset]!)}}`;

function classFormat(labels: readonly string[]): PredictionFormat {
  const texts = labels.map((label) => JSON.stringify(label));
  return (outputs, offset) => {
    let best = 0;
    let probabilities = '';
    for (let index = 0; index < texts.length; index++) {
      const probability = outputs[offset + index]!;
      if (probability > outputs[offset + best]!) best = index;
      probabilities += `${index === 0 ? '' : ','}${texts[index]}:${decimal(probability)}`;
    }
    const top = decimal(outputs[offset + best]!);
    return `{"label":${texts[best]},"probability":${top},"probabilities":{${probabilities}}}`;
  };
}

const MAX_DECIMALS = 20_000;
const decimals = new Map<number, string>();

/** A tree has few different leaves, so their decimals are worth remembering. */
function decimal(value: number): string {
  let text = decimals.get(value);
  if (text === undefined) {
    text = Number.isFinite(value) ? shortestDecimal(value) : 'null';
    if (decimals.size >= MAX_DECIMALS) decimals.clear();
    decimals.set(value, text);
  }
  return text;
}

const formatWarnings = (warnings: readonly Warning[]): string =>
  warnings.length === 0 ? '' : `,"warnings":${JSON.stringify(warnings)}`;
