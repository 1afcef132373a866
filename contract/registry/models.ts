// What GET /v1/models and GET /v1/models/{model} answer.

import type { Move, Retirement } from './aliases.ts';
import { isTabular, type Manifest, type TabularManifest, type Task } from '../manifest.ts';

export interface ModelSummary {
  readonly name: string;
  readonly title: string;
  readonly task: Task;
  /** The version that answers when a request names none; null before the first promotion. */
  readonly champion: string | null;
  /** Oldest first. */
  readonly versions: readonly string[];
}

export interface ModelsResponse {
  readonly models: readonly ModelSummary[];
}

export interface ModelResponse<Kind extends Manifest = Manifest> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly task: Task;
  readonly versions: readonly string[];
  /** Version by alias. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Who moved which alias when and why, oldest first. */
  readonly history: readonly Move[];
  /** Versions that are not to answer again, and why. */
  readonly retired: Readonly<Record<string, Retirement>>;
  /** The champion's. */
  readonly manifest: Kind;
}

/** A model that answers rows. */
export type TabularModel = ModelResponse<TabularManifest>;

/** Null for a model of tensors alone. */
export const tabularModel = (model: ModelResponse): TabularModel | null =>
  isTabular(model.manifest) ? { ...model, manifest: model.manifest } : null;
