// The counter of one model: a Durable Object, so that the counts of all isolates meet in one place and one place decides
// that a canary goes back. Why not D1, and what it costs: docs/decisions/060.

import { DurableObject } from 'cloudflare:workers';
import { judge, objectionsOf, type GuardrailVerdict } from '#contract/traffic/guardrail.ts';
import { RefusalError } from '#contract/registry/registry.ts';
import { endByGuardrail } from '#contract/traffic/split-traffic.ts';
import { addCounts, NO_COUNTS, type Counts } from '#contract/traffic/traffic-counts.ts';
import type { VersionCounts } from '#contract/traffic/traffic-response.ts';
import type { Env } from '../env.ts';
import { log } from '../log.ts';
import { openRegistry } from '../registry/open-registry.ts';
import type { Counter, Report, ReportedCanary, Tally } from './report.ts';
import { observedIn, withObserved, type Slot, type Window } from './windows.ts';

/** Versions that are remembered; the ones longest not heard of go. */
const MAX_VERSIONS = 50;

interface Kept {
  readonly counts: Counts;
  /** Milliseconds since the epoch. */
  readonly firstAt: number;
  readonly lastAt: number;
  /** Of the trial that the slots belong to. */
  readonly since: string | null;
  readonly slots: readonly Slot[];
}

const NOT_HEARD_OF: Kept = { counts: NO_COUNTS, firstAt: 0, lastAt: 0, since: null, slots: [] };

export class TrafficCounter extends DurableObject<Env> implements Counter {
  readonly #sql: SqlStorage;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    this.#sql = state.storage.sql;
    this.#sql.exec(
      'CREATE TABLE IF NOT EXISTS versions (version TEXT PRIMARY KEY, last_at REAL, kept TEXT) WITHOUT ROWID',
    );
  }

  /** Adds what an isolate counted, and sets the canary's weight to 0 when its guardrail is broken. */
  async report(report: Report): Promise<Tally> {
    const kept = this.#read();
    for (const [version, counts] of Object.entries(report.counts)) {
      const after = added(kept.get(version) ?? NOT_HEARD_OF, counts, report, version);
      kept.set(version, after);
      this.#write(version, after);
    }
    this.#forget(kept);
    const verdict = verdictOf(kept, report);
    const rolledBack = verdict?.state === 'broken' && (await this.#rollBack(report, verdict));
    const counts = [...kept]
      .map(([version, { counts, firstAt, lastAt }]): VersionCounts => {
        return { version, ...counts, first_at: iso(firstAt), last_at: iso(lastAt) };
      })
      .sort((a, b) => Number(a.version) - Number(b.version));
    return { counts, verdict, rolledBack };
  }

  async #rollBack({ model, at, canary }: Report, verdict: GuardrailVerdict): Promise<boolean> {
    if (canary === null || canary.weight === 0) return false;
    const { version, since } = canary;
    const reason = objectionsOf(verdict);
    const change = { at: iso(at), by: 'guardrail', reason, version, since };
    try {
      await endByGuardrail(openRegistry(this.env.MODELS), model, change);
    } catch (error) {
      // Refused: somebody was faster. Anything else: the next report finds the same.
      if (!(error instanceof RefusalError))
        log('rollback_failed', { model, version, reason: (error as Error).message });
      return false;
    }
    log('canary_rolled_back', { model, version, reason });
    return true;
  }

  #read(): Map<string, Kept> {
    const rows = this.#sql.exec<{ version: string; kept: string }>(
      'SELECT version, kept FROM versions',
    );
    return new Map(rows.toArray().map(({ version, kept }) => [version, parseKept(kept)]));
  }

  #write(version: string, kept: Kept): void {
    this.#sql.exec(
      'INSERT OR REPLACE INTO versions (version, last_at, kept) VALUES (?, ?, ?)',
      version,
      kept.lastAt,
      JSON.stringify(kept),
    );
  }

  #forget(kept: Map<string, Kept>): void {
    const oldest = [...kept].sort(([, a], [, b]) => b.lastAt - a.lastAt).slice(MAX_VERSIONS);
    for (const [version] of oldest) {
      kept.delete(version);
      this.#sql.exec('DELETE FROM versions WHERE version = ?', version);
    }
  }
}

function added(before: Kept, counts: Counts, { at, canary }: Report, version: string): Kept {
  const isOnTrial = canary !== null && [canary.version, canary.champion].includes(version);
  const since = isOnTrial ? canary.since : null;
  const slots = before.since === since ? before.slots : [];
  return {
    counts: addCounts(before.counts, counts),
    firstAt: before === NOT_HEARD_OF ? at : before.firstAt,
    lastAt: Math.max(at, before.lastAt),
    since,
    slots: isOnTrial ? withObserved(slots, counts, windowOf(canary, at)) : [],
  };
}

function verdictOf(
  kept: ReadonlyMap<string, Kept>,
  { at, canary }: Report,
): GuardrailVerdict | null {
  if (canary === null) return null;
  const observed = (version: string) => {
    const { since, slots } = kept.get(version) ?? NOT_HEARD_OF;
    return observedIn(since === canary.since ? slots : [], windowOf(canary, at));
  };
  return judge(canary.guardrail, observed(canary.champion), observed(canary.version));
}

function windowOf({ guardrail }: ReportedCanary, now: number): Window {
  return { now, length_ms: guardrail.window_s * 1000 };
}

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** What this class itself wrote. */
const parseKept = (text: string): Kept => JSON.parse(text) as Kept;
