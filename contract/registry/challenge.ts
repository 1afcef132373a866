// Promotion through the gate: what the command line, the trainer and the Worker's admin routes do alike.

import { CHAMPION, versionAt, type Move } from './aliases.ts';
import { gate, objections, type Contestant, type Verdict } from './gate.ts';
import { HOLDOUT_FILE, parseHoldout, type Holdout } from './holdout.ts';
import type { Manifest } from '../manifest.ts';
import type { ObjectStore } from './object-store.ts';
import {
  IntegrityError,
  promote,
  readAliases,
  readFile,
  readManifest,
  requireAt,
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
  /** Where the alias was when that was decided; null for nowhere. Not checked when left out. */
  readonly expected?: string | null;
}

export interface Challenge {
  /** Null for an alias other than the champion, which has no gate. */
  readonly verdict: Verdict | null;
  /** Null when the gate is closed, or the alias is there already. */
  readonly move: Move | null;
}

/** What the gate says of a version, and beside which one. */
export interface Judgement {
  /** Where the alias is now; null for a new one. */
  readonly from: string | null;
  /** Null for an alias other than the champion, which has no gate, and for one that is there already. */
  readonly verdict: Verdict | null;
}

/** Compares the version with the champion of this moment, and moves nothing. Throws when the version cannot serve. */
export async function judge(
  store: ObjectStore,
  model: string,
  request: Pick<ChallengeRequest, 'alias' | 'to' | 'acceptSignatureChange'>,
): Promise<Judgement> {
  const { alias, to, acceptSignatureChange = false } = request;
  const manifest = await requireVersion(store, model, to);
  await readFile(store, manifest, 'model.onnx');
  const { aliases } = await readAliases(store, model);
  const from = versionAt(aliases, alias);
  if (alias !== CHAMPION || from === to) return { from, verdict: null };
  const match = { model, champion: from, manifest, acceptSignatureChange };
  return { from, verdict: await compare(store, match) };
}

/**
 * Promotes the version if the gate opens or is overruled. Throws when the version cannot serve, and ConflictError when the
 * alias is not where it was expected or moved while the version was compared.
 */
export async function challenge(
  store: ObjectStore,
  model: string,
  { override, acceptSignatureChange, expected, ...request }: ChallengeRequest,
): Promise<Challenge> {
  const { alias, to } = request;
  const judged = { alias, to, ...(acceptSignatureChange === true && { acceptSignatureChange }) };
  const { from, verdict } = await judge(store, model, judged);
  requireAt(model, { alias, present: from, expected });
  if (from === to) return { verdict, move: null };
  if (verdict === null || verdict.passed)
    return { verdict, move: await promote(store, model, { ...request, expected: from }) };
  if (override === undefined) return { verdict, move: null };
  const overruled = { ...request, reason: override, overrides: objections(verdict) };
  return { verdict, move: await promote(store, model, { ...overruled, expected: from }) };
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
