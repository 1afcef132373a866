// Promotion through the gate: what the command line, the trainer and the Worker's admin routes do alike.

import { CHAMPION, type Move } from './aliases.ts';
import { gate, objections, type Contestant, type Verdict } from './gate.ts';
import { HOLDOUT_FILE, parseHoldout, type Holdout } from './holdout.ts';
import type { Manifest } from './manifest.ts';
import type { ObjectStore } from './object-store.ts';
import {
  IntegrityError,
  promote,
  readAliases,
  readFile,
  readManifest,
  requireVersion,
} from './registry.ts';

export interface ChallengeRequest {
  readonly alias: string;
  readonly to: string;
  readonly by: string;
  readonly reason: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Why the version is promoted whatever the gate says; kept in the history instead of `reason`. */
  readonly override?: string;
  readonly acceptSignatureChange?: boolean;
}

export interface Challenge {
  /** Null for an alias other than the champion, which has no gate. */
  readonly verdict: Verdict | null;
  /** Null when the gate is closed, or the alias is there already. */
  readonly move: Move | null;
}

/**
 * Compares the version with the champion of this moment, and promotes it if the gate opens or is overruled.
 * Throws when the version cannot serve, and ConflictError when the champion changed while it was compared.
 */
export async function challenge(
  store: ObjectStore,
  model: string,
  { override, acceptSignatureChange = false, ...request }: ChallengeRequest,
): Promise<Challenge> {
  const { alias, to } = request;
  const manifest = await requireVersion(store, model, to);
  await readFile(store, manifest, 'model.onnx');
  const { aliases } = await readAliases(store, model);
  const expected = aliases[alias] ?? null;
  if (expected === to) return { verdict: null, move: null };
  if (alias !== CHAMPION)
    return { verdict: null, move: await promote(store, model, { ...request, expected }) };

  const verdict = await compare(store, {
    model,
    champion: expected,
    manifest,
    acceptSignatureChange,
  });
  if (verdict.passed)
    return { verdict, move: await promote(store, model, { ...request, expected }) };
  if (override === undefined) return { verdict, move: null };
  const overrides = objections(verdict);
  const move = await promote(store, model, { ...request, reason: override, overrides, expected });
  return { verdict, move };
}

interface Match {
  readonly model: string;
  readonly champion: string | null;
  readonly manifest: Manifest;
  readonly acceptSignatureChange: boolean;
}

async function compare(store: ObjectStore, match: Match): Promise<Verdict> {
  const { model, manifest, acceptSignatureChange } = match;
  const challenger = await contestant(store, manifest);
  try {
    const champion = await championOf(store, model, match.champion);
    return gate({ champion, challenger, acceptSignatureChange });
  } catch (error) {
    // A damaged champion is no reason that nothing can take its place: a person decides.
    if (!(error instanceof IntegrityError)) throw error;
    const detail = `the champion cannot be read: ${error.message}`;
    return { passed: false, reasons: [{ rule: 'metric', passed: false, detail }] };
  }
}

async function championOf(
  store: ObjectStore,
  model: string,
  version: string | null,
): Promise<Contestant | null> {
  if (version === null) return null;
  const manifest = await readManifest(store, model, version);
  if (manifest === null) throw new IntegrityError(`${model} ${version}`, 'is missing');
  return contestant(store, manifest);
}

async function contestant(store: ObjectStore, manifest: Manifest): Promise<Contestant> {
  return { manifest, holdout: await readHoldout(store, manifest) };
}

/** Null when the version has none. Throws IntegrityError when it is damaged. */
async function readHoldout(store: ObjectStore, manifest: Manifest): Promise<Holdout | null> {
  if (manifest.files[HOLDOUT_FILE] === undefined) return null;
  const text = new TextDecoder().decode(await readFile(store, manifest, HOLDOUT_FILE));
  try {
    return parseHoldout(text);
  } catch (cause) {
    const place = `${manifest.model} ${manifest.version} ${HOLDOUT_FILE}`;
    throw new IntegrityError(place, (cause as Error).message, { cause });
  }
}
