// Everything that is known of a run → the manifest without its version, and the files it names.

import type { Dataset } from '#data/versions/dataset.ts';
import { withOrderOf } from '#contract/features/encoded.ts';
import { HOLDOUT_FILE, type Holdout } from '#contract/registry/holdout.ts';
import { stableJson } from '#contract/shapes/json.ts';
import { FORMAT_VERSION, type TabularDraft } from '#contract/manifest.ts';
import type { Metrics } from '#contract/model/metrics.ts';
import type { Signature } from '#contract/signature.ts';
import type { Candidate, ModelSpec } from '#contract/spec.ts';
import { baselineOf } from './baseline.ts';
import { modelCard } from './card.ts';
import type { OnnxModel } from '../convert/convert.ts';
import { chooseExamples } from './examples.ts';
import type { FittedModel } from '../fit/fitted-model.ts';
import type { Provenance } from '../run/provenance.ts';
import type { Table } from '../table/table.ts';
import { treeJson } from '../convert/tree-json.ts';
import type { Parity } from '../verify.ts';

export interface Pack {
  readonly draft: TabularDraft;
  readonly files: Readonly<Record<string, Uint8Array>>;
}

export interface PackOptions {
  readonly spec: ModelSpec;
  readonly dataset: Dataset;
  /** As it was asked for, before categories were put in order. */
  readonly signature: Signature;
  readonly table: Table;
  readonly candidate: Candidate;
  readonly model: FittedModel;
  readonly metrics: Metrics;
  readonly holdout: Holdout;
  readonly onnx: OnnxModel;
  readonly parity: Parity;
  readonly provenance: Provenance;
  readonly createdAt: Date;
}

export function pack(options: PackOptions): Pack {
  const { spec, dataset, table, model, metrics, holdout, onnx, parity, provenance } = options;
  const signature = withOrderOf(table.signature, options.signature);
  const draft: TabularDraft = {
    format_version: FORMAT_VERSION,
    model: spec.model,
    title: spec.title,
    description: spec.description,
    task: table.target.type === 'category' ? 'classification' : 'regression',
    signature,
    tensors: { inputs: onnx.inputs, outputs: onnx.outputs },
    examples: chooseExamples(dataset, { signature, table, model }),
    data: {
      dataset: spec.dataset,
      sha256: dataset.sha256,
      rows: dataset.rows,
      source: dataset.source,
    },
    training: {
      algorithm: options.candidate.algorithm,
      parameters: { ...options.candidate.parameters },
      seed: spec.seed,
      code_commit: provenance.codeCommit,
      tools: provenance.tools,
    },
    metrics,
    parity,
    created_at: options.createdAt.toISOString(),
  };
  return {
    draft,
    files: {
      'model.onnx': onnx.bytes,
      'tree.json': utf8(treeJson(model.ensemble)),
      'baseline.json': utf8(stableJson(baselineOf(table))),
      [HOLDOUT_FILE]: utf8(stableJson(holdout)),
      'README.md': utf8(modelCard({ draft, licence: dataset.schema.licence })),
    },
  };
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
