// What GET /v1/models/{model}/traffic answers.

import type { GuardrailVerdict } from './guardrail.ts';
import type { Counts } from './traffic-counts.ts';
import type { Canary, Traffic, TrafficChange, Trial } from './traffic.ts';

export interface VersionCounts extends Counts {
  readonly version: string;
  /** ISO 8601, UTC: when it was counted first and last. */
  readonly first_at: string;
  readonly last_at: string;
}

/** What POST …/traffic/canary and …/traffic/shadow answer: how it is now. */
export interface TrafficChanged extends Traffic {
  readonly model: string;
  readonly weights: TrafficResponse['weights'];
}

export interface TrafficResponse {
  readonly model: string;
  readonly champion: string | null;
  /** Percent of the requests that name no version; together 100. Empty without a champion. */
  readonly weights: readonly { readonly version: string; readonly weight: number }[];
  /** With what its guardrail finds now; null where nothing is counted. */
  readonly canary: (Canary & { readonly verdict: GuardrailVerdict | null }) | null;
  readonly shadow: Trial | null;
  /** `off`: the Worker has no counter; `unreachable`: it has one, which does not answer now. */
  readonly counting: 'on' | 'off' | 'unreachable';
  /** Since each version was asked first, by version; all requests, those that name it too. */
  readonly counts: readonly VersionCounts[];
  /** Who changed the weights when and why, oldest first. */
  readonly history: readonly TrafficChange[];
}
