// Trials begin and end: what the command line and the Worker's admin routes do alike. A trial fits the champion's clients,
// or there is none: requests are not asked which version they were written for.

import { CHAMPION, type Aliases } from '../registry/aliases.ts';
import { takesPackedRows } from '../features/bind-features.ts';
import { gate, objections } from '../registry/gate.ts';
import type { Guardrail } from './guardrail.ts';
import { isTabular, type Manifest, type TabularManifest } from '../manifest.ts';
import type { ObjectStore } from '../registry/object-store.ts';
import { changeAliases, readFile, RefusalError, requireVersion } from '../registry/registry.ts';
import { manifestChanges } from '../registry/signature-changes.ts';
import { withCanary, withShadow, type Change } from './traffic.ts';

export interface TrialRequest extends Change {
  readonly version: string;
  /** Percent. */
  readonly sample: number;
  /** For a model of numbers; by default the champion's own typical error (RMSE). */
  readonly tolerance?: number;
}

export interface CanaryRequest extends TrialRequest {
  /** Percent. */
  readonly weight: number;
  readonly guardrail: Guardrail;
}

/**
 * Gives a version a share of the requests, or changes that share. Throws RefusalError when there is no champion, the
 * version is it, is not there, is retired, cannot serve, or does not fit the champion's requests.
 */
export async function setCanary(
  store: ObjectStore,
  model: string,
  { version, weight, guardrail, sample, tolerance, ...change }: CanaryRequest,
): Promise<Aliases> {
  const challenger = await requireVersion(store, model, version);
  await readFile(store, challenger, 'model.onnx');
  return changeAliases(store, model, async (before) => {
    const champion = await requireComparable(store, before, challenger);
    const old = before.traffic?.canary ?? null;
    // More weight for what is on trial: what is known of it stays known.
    const goesOn = old !== null && old.version === version && old.weight > 0;
    const since = goesOn ? old.since : change.at;
    const settings = { sample, tolerance: toleranceOf(champion, tolerance), since };
    return withCanary(before, { version, weight, guardrail, ...settings }, change);
  });
}

/** Has a version answer after the champion, unseen. Throws as `setCanary` does. */
export async function setShadow(
  store: ObjectStore,
  model: string,
  { version, sample, tolerance, ...change }: TrialRequest,
): Promise<Aliases> {
  const challenger = await requireVersion(store, model, version);
  await readFile(store, challenger, 'model.onnx');
  return changeAliases(store, model, async (before) => {
    const champion = await requireComparable(store, before, challenger);
    const settings = { sample, tolerance: toleranceOf(champion, tolerance), since: change.at };
    return withShadow(before, { version, ...settings }, change);
  });
}

/** Ends the canary or the shadow. Throws RefusalError when there is none. */
export function endTrial(
  store: ObjectStore,
  model: string,
  { trial, ...change }: Change & { readonly trial: 'canary' | 'shadow' },
): Promise<Aliases> {
  return changeAliases(store, model, (before) => {
    if ((before.traffic?.[trial] ?? null) === null)
      throw new RefusalError(`there is no ${trial}: ${model}`);
    return trial === 'canary' ? withCanary(before, null, change) : withShadow(before, null, change);
  });
}

/**
 * Sets the weight of a canary that broke its guardrail to 0. Throws RefusalError when it is not on trial any more, or
 * another trial of it has begun: then there is nothing to do.
 */
export function endByGuardrail(
  store: ObjectStore,
  model: string,
  { version, since, ...change }: Change & { readonly version: string; readonly since: string },
): Promise<Aliases> {
  return changeAliases(store, model, (before) => {
    const canary = before.traffic?.canary ?? null;
    const isSame = canary?.version === version && canary.since === since && canary.weight > 0;
    if (!isSame) throw new RefusalError(`not on trial: ${model} ${version}`);
    return withCanary(before, { ...canary, weight: 0 }, { ...change, action: 'guardrail' });
  });
}

/** The champion's manifest. Throws RefusalError unless the challenger can be asked in its place. */
async function requireComparable(
  store: ObjectStore,
  { aliases, retired }: Aliases,
  challenger: Manifest,
): Promise<TabularManifest> {
  const { model, version } = challenger;
  const champion = aliases[CHAMPION];
  if (champion === undefined) throw new RefusalError(`model has no ${CHAMPION}: ${model}`);
  if (champion === version)
    throw new RefusalError(`version is the champion already: ${model} ${version}`);
  if (Object.hasOwn(retired, version))
    throw new RefusalError(`version is retired: ${model} ${version} (${retired[version]!.reason})`);
  const manifest = await requireVersion(store, model, champion);
  // Parity and budget; whether it is better is what the trial is to find out.
  const { reasons } = gate({ champion: null, challenger: { manifest: challenger, holdout: null } });
  const against = [
    ...objections({ passed: false, reasons }),
    ...manifestChanges(manifest, challenger),
  ];
  if (against.length > 0)
    throw new RefusalError(
      `cannot be asked in place of ${champion}: ${model} ${version}: ${against.join('; ')}`,
    );
  // What disagrees is counted in labels and values.
  if (!isTabular(manifest))
    throw new RefusalError(`takes tensors and not rows, which a trial compares: ${model}`);
  if (!takesPackedRows(manifest.tensors) || !takesPackedRows(challenger.tensors))
    throw new RefusalError(`takes columns and not encoded rows, which a trial compares: ${model}`);
  return manifest;
}

/** Null for a model of labels. */
function toleranceOf(
  { metrics, signature }: TabularManifest,
  given: number | undefined,
): number | null {
  if (signature.target.type === 'category') return null;
  return given ?? metrics.model.rmse?.mean ?? 0;
}
