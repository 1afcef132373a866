// What GET /v1/models and GET /v1/models/{model} answer.

import type { Move, Retirement } from './aliases.ts';
import type { Manifest, Task } from './manifest.ts';

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

export interface ModelResponse {
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
  readonly manifest: Manifest;
}
