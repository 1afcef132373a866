// npm run trainer: from a table to a published version. A table of contents: each step is the file it is imported from.

import { loadDataset, loadEarlier } from '#data/versions/dataset.ts';
import type { ObjectStore } from '#contract/registry/object-store.ts';
import type { Sign } from '#contract/registry/signing.ts';
import type { ModelSpec } from '#contract/spec.ts';
import { adversarialRows } from './table/adversarial.ts';
import { convert } from './convert/convert.ts';
import { fitWithin } from './select/fit-within.ts';
import { withFoldPool } from './select/fold-pool.ts';
import { collectHeldOut, holdoutOf } from './select/holdout.ts';
import { learningCurve } from './select/learning-curve.ts';
import { pack, type Pack } from './pack/pack.ts';
import { expandGrids } from './spec/parse-candidate.ts';
import type { Provenance } from './run/provenance.ts';
import { release, type Release } from './pack/publish.ts';
import { chooseWithin, metricOf, rank, selectionOf } from './select/select.ts';
import { createSignature } from './table/signature.ts';
import { splitRepeatedly } from './table/split.ts';
import type { RunStage } from './stages.ts';
import { createTable, recode } from './table/table.ts';
import { verify } from './verify.ts';

export interface MakeOptions {
  /** Holds a folder per dataset. */
  readonly dataRoot: string;
  /** Of the raw table to learn from; the one that counts when not said. */
  readonly dataSha256?: string;
  readonly provenance: Provenance;
  /** Adversarial rows, beside every row of the table. */
  readonly parityRows: number;
  /** Folds that are worked on at a time. */
  readonly threads: number;
  /** Whether to find out how the metric grows with the rows. */
  readonly isCurveAsked: boolean;
  readonly createdAt: Date;
  readonly stage: RunStage;
}

export interface TrainOptions extends MakeOptions {
  readonly store: ObjectStore;
  /** How the version is signed; not at all when not said. */
  readonly sign?: Sign | undefined;
}

export async function train(spec: ModelSpec, options: TrainOptions): Promise<Release> {
  const version = await makeVersion(spec, options);
  return options.stage('publish', () => release(options.store, version, { sign: options.sign }));
}

/** All but publishing. The same table, spec and provenance make the same bytes. */
export async function makeVersion(spec: ModelSpec, options: MakeOptions): Promise<Pack> {
  const { dataRoot, dataSha256, provenance, parityRows, createdAt, stage } = options;
  const { seed } = spec;
  const { tools } = provenance;

  const dataset = await stage('data', () =>
    dataSha256 === undefined
      ? loadDataset(dataRoot, spec.dataset)
      : loadEarlier(dataRoot, spec.dataset, dataSha256),
  );
  const signature = createSignature(dataset, spec);
  const table = createTable(dataset, signature, spec.weights);
  const folds = await stage('split', () => splitRepeatedly(table, spec));
  const candidates = expandGrids(spec.candidates);
  const { metrics, results, winner, curve } = await withFoldPool(
    table,
    options.threads,
    async (pool) => {
      const tried = { spec, candidates, folds, pool };
      const chosen = await stage('select', (onProgress) =>
        chooseWithin(table, { ...tried, onProgress }),
      );
      const { ranking, ...evaluation } = await stage('evaluate', (onProgress) =>
        rank(table, { ...tried, chosen, onProgress }),
      );
      const winner = await stage('fit', () => fitWithin(table, ranking, { spec, tools }));
      if (!options.isCurveAsked) return { ...evaluation, winner, curve: null };
      const asked = { ...tried, ...winner, metric: metricOf(table, spec) };
      const curve = await stage('curve', (onProgress) =>
        learningCurve(table, { ...asked, onProgress }),
      );
      return { ...evaluation, winner, curve };
    },
  );
  const { candidate, model } = winner;
  const selection = selectionOf(table, spec, winner.candidates);
  const { losses, add } = collectHeldOut(table);
  for (const { heldOut, answers } of results) add(heldOut, answers);
  const holdout = holdoutOf(dataset, spec, { target: table.target, losses });
  const onnx = await stage('convert', () =>
    convert(model.ensemble, {
      model: spec.model,
      signature: model.signature,
      tools,
    }),
  );
  const known = recode(table, model.signature);
  const hard = adversarialRows(model.ensemble, known, { count: parityRows, seed });
  const parity = await stage('verify', (onProgress) =>
    verify({ onnx, model, blocks: [known.values, hard], onProgress }),
  );
  return stage('pack', () =>
    pack({
      spec,
      dataset,
      signature,
      table: known,
      model,
      candidate,
      metrics: { ...metrics, selection, ...(curve !== null && { learning_curve: curve }) },
      holdout,
      onnx,
      parity,
      provenance,
      createdAt,
    }),
  );
}
