// Fits the best candidate on all rows; one that turns out larger than the budget gives way to the next.

import type { CandidateResult, Spread } from '#contract/model/metrics.ts';
import type { Candidate, ModelSpec } from '#contract/spec.ts';
import { candidateText, overBudget } from '../spec/candidate-text.ts';
import { convert, type ConvertOptions } from '../convert/convert.ts';
import { fit } from '../fit/fit.ts';
import type { FittedModel } from '../fit/fitted-model.ts';
import type { Ranked } from './select.ts';
import type { Table } from '../table/table.ts';

export interface Winner {
  readonly candidate: Candidate;
  /** Of the metric, over the outer folds. */
  readonly score: Spread;
  readonly model: FittedModel;
  /** As they were ranked, with those that were refused now. */
  readonly candidates: readonly CandidateResult[];
}

/** Throws, with what each candidate has too much of, when none fits. */
export function fitWithin(
  table: Table,
  ranking: readonly Ranked[],
  { spec, tools }: { spec: ModelSpec } & Pick<ConvertOptions, 'tools'>,
): Winner {
  const refused = new Map<Ranked, string>();
  const refusals = (): readonly CandidateResult[] =>
    ranking.map((ranked) => {
      const { algorithm, parameters, score } = ranked;
      const reason = refused.get(ranked) ?? ranked.refused;
      return { algorithm, parameters, score, ...(reason !== undefined && { refused: reason }) };
    });
  for (const ranked of ranking) {
    const { candidate } = ranked;
    if (ranked.refused !== undefined) continue;
    const model = fit(table, candidate, spec.seed);
    const options = { model: spec.model, signature: model.signature, tools };
    const reason = excess(model, convert(model.ensemble, options).bytes.length, spec);
    if (reason === null) return { candidate, score: ranked.score, model, candidates: refusals() };
    refused.set(ranked, reason);
  }
  const faults = refusals().map(
    (result, place) => `${candidateText(ranking[place]!.candidate)}: ${result.refused}`,
  );
  throw new Error(`no candidate can be published: ${faults.join('; ')}`);
}

/** What the model has more of than its budget at the edge; null when it fits. */
function excess({ ensemble }: FittedModel, bytes: number, { budget }: ModelSpec): string | null {
  const nodes = ensemble.trees.reduce((sum, tree) => sum + tree.mode.length, 0);
  if (nodes > budget.nodes) return overBudget('nodes', nodes, budget);
  return bytes > budget.bytes ? overBudget('bytes', bytes, budget) : null;
}
