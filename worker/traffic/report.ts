// What isolates tell the counter, and what it answers. Goes over the platform's RPC, between Workers of one release.

import type { Guardrail, GuardrailVerdict } from '#contract/traffic/guardrail.ts';
import type { VersionCounts } from '#contract/traffic/traffic-response.ts';
import type { Counts } from '#contract/traffic/traffic-counts.ts';

/** A canary as the isolate that reports knows it. */
export interface ReportedCanary {
  readonly version: string;
  readonly champion: string;
  readonly weight: number;
  readonly since: string;
  readonly guardrail: Guardrail;
}

export interface Report {
  readonly model: string;
  /** Milliseconds since the epoch, by the isolate's clock. */
  readonly at: number;
  /** By version: what came since this isolate's last report. */
  readonly counts: Readonly<Record<string, Counts>>;
  readonly canary: ReportedCanary | null;
}

export interface Counter {
  report(report: Report): Promise<Tally>;
}

export interface Tally {
  readonly counts: readonly VersionCounts[];
  /** Null without a canary. */
  readonly verdict: GuardrailVerdict | null;
  /** The canary's weight was set to 0 just now. */
  readonly rolledBack: boolean;
}
