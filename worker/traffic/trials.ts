// Requests of a model that has a canary or a shadow: whose turn it is, and what is looked at behind the response.
// Nobody's answer waits for any of that, and nothing that goes wrong there reaches anybody.

import { CHAMPION, type Aliases } from '#contract/registry/aliases.ts';
import { IntegrityError } from '#contract/registry/registry.ts';
import type { Signature } from '#contract/signature.ts';
import { latencyPlace } from '#contract/traffic/traffic-counts.ts';
import type { Traffic, Trial } from '#contract/traffic/traffic.ts';
import { rememberTranslators } from '#contract/features/translate-features.ts';
import type { VersionLoader } from '../inference/load-session.ts';
import type { PackedPredictor, Predictor, Watch } from '../inference/predictor.ts';
import { RuntimeFault } from '../inference/runtime-fault.ts';
import { MAX_COMPARED_ROWS } from '../limits.ts';
import { log } from '../log.ts';
import type { Later } from '../registry/alias-cache.ts';
import { isPicked } from './bucket.ts';
import type { Counting } from './counting.ts';
import { disagreements } from './disagreements.ts';
import { stickyKey, type Visitor } from './visitor.ts';

export interface Asked {
  readonly model: string;
  readonly aliases: Aliases;
  readonly traffic: Traffic;
  readonly visitor: Visitor;
  readonly later: Later;
}

export interface Trials {
  /** The canary where it is its turn and it can be loaded, otherwise what `champion` answers; watched either way. */
  resolve(asked: Asked, champion: () => Promise<Predictor>): Promise<Predictor>;
}

/** `now` answers milliseconds. */
export function createTrials(
  versions: VersionLoader,
  { counting, now }: { readonly counting: Counting; readonly now: () => number },
): Trials {
  const translator = rememberTranslators();

  const loadCanary = async ({
    model,
    traffic,
    later,
    visitor,
  }: Asked): Promise<Predictor | null> => {
    const { canary } = traffic;
    if (
      canary === null ||
      !isPicked(`${model}/${canary.version}`, stickyKey(visitor), canary.weight)
    )
      return null;
    try {
      return await versions.load(model, canary.version, later);
    } catch (error) {
      if (isItsFault(error)) {
        const statistics = counting.of(model, canary.version);
        statistics.requests++;
        statistics.errors++;
      }
      return null;
    }
  };

  /** Has `trial` and the champion answer the same rows, whoever answered them first, and counts for the trial. */
  const compare = async (asked: Asked, trial: Trial, seen: Seen): Promise<void> => {
    const { model, later } = asked;
    const statistics = counting.of(model, trial.version);
    const other = seen.version === trial.version ? asked.aliases.aliases[CHAMPION]! : trial.version;
    const { rows, signature } = seen;
    try {
      const predictor = await versions.load(model, other, later);
      if (predictor === null || !takesRows(predictor)) return;
      const translate = translator(signature, predictor.manifest.signature);
      if (translate === null) return;
      const outputs = predictor.session.run(translate(seen.features), rows);
      const answers = { target: signature.target, rows, tolerance: trial.tolerance };
      statistics.compared += rows;
      statistics.disagreements += disagreements(seen.outputs, outputs, answers);
    } catch (error) {
      if (other === trial.version && isItsFault(error)) statistics.errors++;
      throw error;
    }
  };

  const look = async (asked: Asked, seen: Seen, started: number): Promise<void> => {
    const { traffic, model, visitor } = asked;
    const { canary } = traffic;
    await clockTick();
    if (canary !== null) {
      const latency = now() - started;
      const statistics = counting.of(model, seen.version);
      statistics.timed++;
      statistics.latency_ms += latency;
      statistics.latency[latencyPlace(latency)]!++;
    }
    const trial = trialOf(asked, seen.version);
    if (trial === null || !isPicked('sample', visitor.requestId, trial.sample)) return;
    await compare(asked, trial, seen);
  };

  return {
    async resolve(asked, champion) {
      const predictor = (await loadCanary(asked)) ?? (await champion());
      if (!takesRows(predictor)) return predictor;
      const { version, signature } = predictor.manifest;
      const started = now();
      const watch: Watch = (features, rows, outputs) => {
        const compared = Math.min(rows, MAX_COMPARED_ROWS);
        const first = (values: Float32Array): Float32Array =>
          values.slice(0, (values.length / rows) * compared);
        const seen: Seen = {
          version,
          signature,
          rows: compared,
          features: first(features),
          outputs: first(outputs),
        };
        asked.later(
          look(asked, seen, started).catch((error: unknown) =>
            log('comparison_failed', { model: asked.model, reason: (error as Error).message }),
          ),
        );
      };
      return { ...predictor, watch };
    },
  };
}

/** Whose answers are compared when `version` has answered: its own if it is the canary, the shadow's if it is champion. */
function trialOf({ traffic: { canary, shadow }, aliases }: Asked, version: string): Trial | null {
  if (version === canary?.version) return canary;
  return version === aliases.aliases[CHAMPION] ? shadow : null;
}

/** Tensors and columns of texts have no encoded rows to compare. */
const takesRows = (predictor: Predictor): predictor is PackedPredictor =>
  predictor.encoder !== null && predictor.columns === null;

/** Storage that does not answer is not the version's fault. */
const isItsFault = (error: unknown): boolean =>
  error instanceof IntegrityError || error instanceof RuntimeFault;

/** What a version answered, as far as it is compared. */
interface Seen {
  readonly version: string;
  readonly signature: Signature;
  readonly rows: number;
  readonly features: Float32Array;
  readonly outputs: Float32Array;
}

/** A deployed Worker's clock moves when something comes in from outside, such as a timer. */
const clockTick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
