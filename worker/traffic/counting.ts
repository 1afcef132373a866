// Counts of this isolate, and when they are told to the model's counter: behind a request, seldom, and never in its way.

import { CHAMPION, type Aliases } from '#contract/registry/aliases.ts';
import {
  isNothing,
  NO_COUNTS,
  subtractCounts,
  type Counts,
} from '#contract/traffic/traffic-counts.ts';
import { TELL_MS, TELL_TRIAL_MS } from '../limits.ts';
import { log } from '../log.ts';
import type { Counter, ReportedCanary, Tally } from './report.ts';
import { noStatistics, type Statistics } from './statistics.ts';

/** The model's counter; null where the Worker has none. */
export type CounterOf = ((model: string) => Counter) | null;

export interface Counting {
  /** What is counted of a version here; whoever asks it adds to it. */
  of(model: string, version: string): Statistics;
  /** Tells the counter what is new, when it is time to. Never rejects. Answers whether the canary went back. */
  tell(model: string, aliases: Aliases): Promise<boolean>;
  /** Tells the counter now. Null where there is none; rejects when it does not answer. */
  report(model: string, aliases: Aliases): Promise<Tally | null>;
}

interface Version {
  readonly statistics: Statistics;
  /** What the counter knows already. */
  told: Counts;
}

interface Model {
  readonly versions: Map<string, Version>;
  toldAt: number;
  isTelling: boolean;
}

/** `now` answers milliseconds since the epoch. */
export function createCounting(counterOf: CounterOf, now: () => number): Counting {
  const models = new Map<string, Model>();

  const modelOf = (name: string): Model => {
    let model = models.get(name);
    if (model === undefined) {
      model = { versions: new Map(), toldAt: now(), isTelling: false };
      models.set(name, model);
    }
    return model;
  };

  const report = async (name: string, aliases: Aliases): Promise<Tally | null> => {
    if (counterOf === null) return null;
    const model = modelOf(name);
    const sent = [...model.versions].flatMap(([version, counted]) => {
      const { told, statistics } = counted;
      const counts = subtractCounts(statistics, told);
      if (isNothing(counts)) return [];
      counted.told = subtractCounts(statistics, NO_COUNTS);
      return [{ version, counted, counts }];
    });
    model.toldAt = now();
    model.isTelling = true;
    try {
      const counts = Object.fromEntries(sent.map((one) => [one.version, one.counts]));
      return await counterOf(name).report({
        model: name,
        at: now(),
        counts,
        canary: canaryOf(aliases),
      });
    } catch (error) {
      // Told again with the next report.
      for (const { counted, counts } of sent) counted.told = subtractCounts(counted.told, counts);
      throw error;
    } finally {
      model.isTelling = false;
    }
  };

  return {
    of(name, version) {
      const { versions } = modelOf(name);
      let counted = versions.get(version);
      if (counted === undefined) {
        counted = { statistics: noStatistics(), told: NO_COUNTS };
        versions.set(version, counted);
      }
      return counted.statistics;
    },

    async tell(name, aliases) {
      const { toldAt, isTelling, versions } = modelOf(name);
      const interval = aliases.traffic === null ? TELL_MS : TELL_TRIAL_MS;
      if (counterOf === null || isTelling || now() - toldAt < interval) return false;
      const isNew = ({ statistics, told }: Version): boolean =>
        !isNothing(subtractCounts(statistics, told));
      if (![...versions.values()].some(isNew)) return false;
      try {
        return (await report(name, aliases))?.rolledBack ?? false;
      } catch (error) {
        log('counts_not_told', { model: name, reason: (error as Error).message });
        return false;
      }
    },

    report,
  };
}

function canaryOf({ aliases, traffic }: Aliases): ReportedCanary | null {
  const canary = traffic?.canary ?? null;
  const champion = aliases[CHAMPION];
  if (canary === null || champion === undefined) return null;
  const { version, weight, since, guardrail } = canary;
  return { version, champion, weight, since, guardrail };
}
