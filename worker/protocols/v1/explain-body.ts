// The body of POST /v1/models/{model}/explain: rows and what to say of them out of JSON, and the answer back into JSON.

import type { RowValue } from '#contract/features/cell.ts';
import { rankContributions } from '#contract/explain/contributions.ts';
import { escapePointer } from '#contract/shapes/parse.ts';
import { invalid, ProblemError } from '#contract/problem.ts';
import type { Target } from '#contract/signature.ts';
import { likeliest } from '../../inference/likeliest.ts';
import type { VersionExplainer } from '../../inference/load-explainer.ts';
import { encodeRows, infer, noFindings, type TabularPredictor } from '../../inference/predictor.ts';
import { MAX_EXPLAINED_ROWS, tooManyExplainedRows } from '../../limits.ts';
import { formatWarnings } from './format-warnings.ts';
import { predictionFormat } from './predict-body.ts';

export interface ExplainBody {
  readonly rows: readonly unknown[];
  /** Null for the predicted one of each row. */
  readonly label: string | null;
  /** How many features to list. */
  readonly top: number;
}

/** The request, not yet checked against a signature. Throws ProblemError: invalid_request, too_large. */
export function parseExplainBody(body: unknown): ExplainBody {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw invalid('', 'must be an object such as {"rows": [{…}]}');
  const { rows, label, top, ...others } = body as Record<string, unknown>;
  const [other] = Object.keys(others);
  if (other !== undefined)
    throw invalid(`/${escapePointer(other)}`, 'is not known here: only rows, label and top are');
  if (rows === undefined) throw invalid('/rows', 'is missing');
  if (!Array.isArray(rows)) throw invalid('/rows', 'must be a list of rows');
  if (rows.length === 0) throw invalid('/rows', 'must have at least one row');
  if (rows.length > MAX_EXPLAINED_ROWS) throw tooManyExplainedRows(rows.length);
  if (label !== undefined && typeof label !== 'string') throw invalid('/label', 'must be a string');
  if (top !== undefined && (!Number.isSafeInteger(top) || Number(top) < 1))
    throw invalid('/top', 'must be a number of features, 1 or more');
  return { rows, label: label ?? null, top: top === undefined ? Infinity : Number(top) };
}

/** Explains rows, as ExplainResponse in JSON text. Throws ProblemError (invalid_request) for what the model does not take. */
export function explainBody(
  predictor: TabularPredictor,
  { explainer, path }: VersionExplainer,
  { rows, label, top }: ExplainBody,
  id: string,
): string {
  const { manifest, encoder, manifestSha256 } = predictor;
  const { signature, model, version } = manifest;
  // Trees are explained on encoded rows; a file that takes columns has none beside it.
  if (predictor.columns !== null)
    throw new ProblemError('no_explanation', `${model} ${version} takes columns, not encoded rows`);
  const asked = label === null ? null : outputOf(signature.target, label);
  const findings = noFindings();
  const features = encodeRows(encoder, rows, '/rows', findings);
  const { outputs, warnings } = infer(predictor, features, rows.length, findings);
  const format = predictionFormat(signature.target);
  const best = likeliest(outputs, rows.length, explainer.outputs);
  const attributions = new Float64Array(explainer.features);
  const explanations = rows.map((row, index) => {
    const offset = index * encoder.width;
    const output = asked ?? best[index]!;
    explainer.explainOutput(features, offset, output, attributions);
    const baseValue = explainer.baseValues[output]!;
    const explanation = {
      ...labelOf(signature.target, output),
      ...rankContributions(signature, { row: parseCheckedRow(row), attributions, baseValue, top }),
      ...(path === null ? {} : { path: path(features, offset) }),
    };
    const prediction = format(outputs, index * explainer.outputs);
    return `{"prediction":${prediction},${JSON.stringify(explanation).slice(1)}`;
  });
  const head = {
    model_name: model,
    model_version: version,
    manifest_sha256: manifestSha256,
    id,
    space: explainer.space,
  };
  const tail = formatWarnings(warnings);
  return `${JSON.stringify(head).slice(0, -1)},"explanations":[${explanations.join(',')}]${tail}}`;
}

function outputOf(target: Target, label: string): number {
  if (target.type === 'number') throw invalid('/label', 'is only for a model of classes');
  const output = target.labels.indexOf(label);
  if (output < 0) throw invalid('/label', 'is not a label of this model');
  return output;
}

const labelOf = (target: Target, output: number): { label?: string } =>
  target.type === 'number' ? {} : { label: target.labels[output]! };

/** A row that was encoded without a fault holds what its features take. */
const parseCheckedRow = (row: unknown): Readonly<Record<string, RowValue>> =>
  row as Readonly<Record<string, RowValue>>;
