// npm run trainer: from a table to a published version. A table of contents: each step is the file it is imported from.

import { loadDataset } from '#data/dataset.ts';
import type { ObjectStore } from '#contract/object-store.ts';
import type { ModelSpec } from '#contract/spec.ts';
import { adversarialRows } from './adversarial.ts';
import { convert } from './convert.ts';
import { evaluate } from './evaluate.ts';
import { fit } from './fit/fit.ts';
import { collectHeldOut, holdoutOf } from './holdout.ts';
import { pack } from './pack.ts';
import type { Provenance } from './provenance.ts';
import { release, type Release } from './publish.ts';
import { createSignature } from './signature.ts';
import { splitFolds } from './split.ts';
import type { RunStage } from './stages.ts';
import { createTable, recode } from './table.ts';
import { verify } from './verify.ts';

export interface TrainOptions {
  /** Holds a folder per dataset. */
  readonly dataRoot: string;
  readonly store: ObjectStore;
  readonly provenance: Provenance;
  /** Adversarial rows, beside every row of the table. */
  readonly parityRows: number;
  readonly createdAt: Date;
  readonly stage: RunStage;
}

export async function train(spec: ModelSpec, options: TrainOptions): Promise<Release> {
  const { dataRoot, store, provenance, parityRows, createdAt, stage } = options;
  const { seed } = spec;

  const dataset = await stage('data', () => loadDataset(dataRoot, spec.dataset));
  const signature = createSignature(dataset, spec);
  const table = createTable(dataset, signature);
  const folds = await stage('split', () => splitFolds(table, spec.folds, seed));
  const model = await stage('fit', () => fit(table, spec.candidate));
  const { losses, add } = collectHeldOut(table);
  const metrics = await stage('evaluate', (onFold) =>
    evaluate(table, folds, { spec, onFold, onHeldOut: add }),
  );
  const holdout = holdoutOf(dataset, spec, { target: table.target, losses });
  const onnx = await stage('convert', () =>
    convert(model.ensemble, {
      model: spec.model,
      signature: model.signature,
      tools: provenance.tools,
    }),
  );
  const known = recode(table, model.signature);
  const hard = adversarialRows(model.ensemble, known, { count: parityRows, seed });
  const parity = await stage('verify', (onProgress) =>
    verify({ onnx, model, blocks: [known.values, hard], onProgress }),
  );
  const version = await stage('pack', () =>
    pack({
      spec,
      dataset,
      signature,
      table: known,
      model,
      metrics,
      holdout,
      onnx,
      parity,
      provenance,
      createdAt,
    }),
  );
  return stage('publish', () => release(store, version));
}
