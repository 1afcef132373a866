// npm run verify: every hash derived again, and the version trained again where its table is at hand.

import { CHAMPION } from '#contract/registry/aliases.ts';
import type { ObjectStore } from '#contract/registry/object-store.ts';
import { readAliases, requireVersion } from '#contract/registry/registry.ts';
import { provenanceOf } from '../trainer/run/provenance.ts';
import { createScreen } from '../trainer/run/screen.ts';
import type { Outcome } from './outcome.ts';
import type { Retrained, Retraining } from '../trainer/retrain-version.ts';
import { checkerOf } from '#contract/registry/signing-keys.ts';
import { verifyText, verifyVersion, type Verification } from './verify-version.ts';

export interface VerifyCommand {
  readonly dataRoot: string;
  readonly specRoot: string;
  readonly threads: number;
  /** False for the hashes alone. */
  readonly retrain: boolean;
}

/** `version` is the champion when not said. Throws when there is none, or its manifest cannot be read. */
export async function verifyOutcome(
  store: ObjectStore,
  { model, version, root }: { model: string; version: string | undefined; root: string },
  options: VerifyCommand,
): Promise<Outcome> {
  const { aliases } = await readAliases(store, model);
  const asked = version ?? aliases[CHAMPION];
  if (asked === undefined) throw new Error(`model has no ${CHAMPION}: ${model}`);
  const check = await checkerOf(process.env);
  const found = await verifyVersion(store, model, { version: asked, check });
  const retraining = options.retrain ? await retrain(store, found, { ...options, root }) : null;
  const faults = [...hashFaults(found), ...retrainingFaults(retraining)];
  const text = [verifyText(found), ...(retraining === null ? [] : retrainingLines(retraining))];
  return {
    fields: { ...found, ...(retraining !== null && { retraining }) },
    text: text.join('\n'),
    ...(faults.length > 0 && { fault: faults.join('; ') }),
  };
}

async function retrain(
  store: ObjectStore,
  { model, version }: Verification,
  { root, ...options }: VerifyCommand & { readonly root: string },
): Promise<Retraining> {
  // Loaded only here: hashes need no runtime.
  const { retrainVersion } = await import('../trainer/retrain-version.ts');
  const manifest = await requireVersion(store, model, version);
  const stage = createScreen({ out: process.stderr, totals: {}, now: () => performance.now() });
  return retrainVersion(manifest, { ...options, here: await provenanceOf(root), stage });
}

function hashFaults({ files, signature }: Verification): readonly string[] {
  const bad = files.filter(({ fault }) => fault !== null).length;
  return [
    ...(bad > 0 ? [`${bad} of ${files.length} files are not what was published`] : []),
    ...(signature.trusted ? [] : [signature.detail]),
  ];
}

/** That it cannot be tried is no fault of the version. */
function retrainingFaults(retraining: Retraining | null): readonly string[] {
  if (retraining === null || 'impossible' in retraining) return [];
  const others = othersOf(retraining);
  return others.length === 0 ? [] : [`trained again, it differs: ${others.join(', ')}`];
}

function othersOf({ files, fields }: Retrained): readonly string[] {
  const names = files.filter(({ identical }) => !identical).map(({ name }) => name);
  return fields.length === 0 ? names : [...names, 'manifest.json'];
}

/** Fields that are named before the rest is only counted. */
const SHOWN = 8;

function retrainingLines(retraining: Retraining): readonly string[] {
  if ('impossible' in retraining) return [`not retrained: ${retraining.impossible}`];
  const { files, fields, circumstances } = retraining;
  const more = fields.length > SHOWN ? ` and ${fields.length - SHOWN} more` : '';
  return [
    ...files.map(({ name, sha256, identical }) =>
      identical
        ? `retrained: ${name} identical (sha256 ${sha256})`
        : `retrained: ${name} differs: sha256 ${sha256}`,
    ),
    fields.length === 0
      ? 'retrained: manifest.json identical, parity proved again'
      : `retrained: manifest.json differs in ${fields.slice(0, SHOWN).join(', ')}${more}`,
    ...circumstances.map((circumstance) => `not as it was: ${circumstance}`),
  ];
}
