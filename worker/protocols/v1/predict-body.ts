// The body of POST /v1/models/{model}/predict: out of JSON come rows, out of probabilities comes JSON.

import { shortestDecimal } from '#contract/tensors/float32.ts';
import { escapePointer } from '#contract/shapes/parse.ts';
import { invalid } from '#contract/problem.ts';
import type { Signature, Target } from '#contract/signature.ts';
import type { Columns, Inference, TabularPredictor } from '../../inference/predictor.ts';
import { MAX_ROWS, tooManyRows } from '../../limits.ts';
import { formatWarnings } from './format-warnings.ts';
import { rememberRows, type RowFormat } from './remember-rows.ts';

/** What a request may hold: rows as objects, or a list of values for each feature. */
export type PredictBody =
  { readonly rows: readonly unknown[] } | { readonly columns: Readonly<Record<string, unknown>> };

/** The request, not yet checked against a signature. Throws ProblemError: invalid_request, too_large. */
export function parsePredictBody(body: unknown): PredictBody {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw invalid('', 'must be an object such as {"rows": [{…}]}');
  const { rows, columns, ...others } = body as Record<string, unknown>;
  const [other] = Object.keys(others);
  if (other !== undefined)
    throw invalid(`/${escapePointer(other)}`, 'is not known here; the rows go into "rows"');
  if (rows !== undefined && columns !== undefined) throw invalid('', 'has both rows and columns');
  return columns === undefined ? { rows: parseRows(rows) } : { columns: parseColumns(columns) };
}

function parseRows(rows: unknown): readonly unknown[] {
  if (rows === undefined) throw invalid('/rows', 'is missing');
  if (!Array.isArray(rows)) throw invalid('/rows', 'must be a list of rows');
  if (rows.length === 0) throw invalid('/rows', 'must have at least one row');
  if (rows.length > MAX_ROWS) throw tooManyRows(rows.length);
  return rows;
}

function parseColumns(columns: unknown): Readonly<Record<string, unknown>> {
  if (typeof columns !== 'object' || columns === null || Array.isArray(columns))
    throw invalid('/columns', 'must be an object of lists');
  return columns as Record<string, unknown>;
}

/** The columns of a request in the order of the signature. Throws ProblemError: invalid_request, too_large. */
export function placePredictColumns(
  { features }: Signature,
  columns: Readonly<Record<string, unknown>>,
): Columns {
  const unknown = Object.keys(columns).find((name) => !features.some((f) => f.name === name));
  if (unknown !== undefined)
    throw invalid(`/columns/${escapePointer(unknown)}`, 'is not a feature of this model');
  const lists = features.map(({ name }) => {
    const list = Object.hasOwn(columns, name) ? columns[name] : undefined;
    if (list === undefined) throw invalid(`/columns/${name}`, 'is missing');
    if (!Array.isArray(list)) throw invalid(`/columns/${name}`, 'must be a list of values');
    return list as readonly unknown[];
  });
  const rows = lists[0]!.length;
  if (rows === 0) throw invalid('/columns', 'must have at least one row');
  if (rows > MAX_ROWS) throw tooManyRows(rows);
  lists.forEach((list, index) => {
    if (list.length !== rows)
      throw invalid(
        `/columns/${features[index]!.name}`,
        `must have ${rows} values, has ${list.length}`,
      );
  });
  return {
    rows,
    values: lists,
    pointer: (index, row) => `/columns/${features[index]!.name}/${row}`,
  };
}

/** PredictResponse as JSON text. Written by hand: probabilities are most of it, and their text is known beforehand. */
export function formatPrediction(
  { manifest, manifestSha256 }: Pick<TabularPredictor, 'manifest' | 'manifestSha256'>,
  id: string,
  inference: Inference,
): string {
  const format = predictionFormat(manifest.signature.target);
  const { outputs, rows, warnings } = inference;
  const width = outputs.length / rows;
  const predictions: string[] = [];
  for (let row = 0; row < rows; row++) predictions.push(format(outputs, row * width));
  return (
    `{"model_name":${JSON.stringify(manifest.model)},"model_version":"${manifest.version}",` +
    `"manifest_sha256":"${manifestSha256}","id":${JSON.stringify(id)},"predictions":[${predictions.join(',')}]${formatWarnings(warnings)}}`
  );
}

const formats = new WeakMap<Target, RowFormat>();

/** Writes the prediction of the row whose outputs start at an offset, as a JSON object. */
export function predictionFormat(target: Target): RowFormat {
  let format = formats.get(target);
  if (format === undefined) {
    format =
      target.type === 'category'
        ? rememberRows(classFormat(target.labels), target.labels.length)
        : valueFormat;
    formats.set(target, format);
  }
  return format;
}

const valueFormat: RowFormat = (outputs, offset) => `{"value":${decimal(outputs[offset]!)}}`;

function classFormat(labels: readonly string[]): RowFormat {
  const texts = labels.map((label) => JSON.stringify(label));
  return (outputs, offset) => {
    let best = 0;
    const probabilities = texts.map((text, index) => {
      const probability = outputs[offset + index]!;
      if (probability > outputs[offset + best]!) best = index;
      return `${text}:${decimal(probability)}`;
    });
    const top = decimal(outputs[offset + best]!);
    const head = `{"label":${texts[best]},"probability":${top},"probabilities":{`;
    // Joined into one flat text, which is copied faster each time it is remembered than one made by adding.
    return [head, probabilities.join(','), '}}'].join('');
  };
}

const decimal = (value: number): string =>
  Number.isFinite(value) ? shortestDecimal(value) : 'null';
