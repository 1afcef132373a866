// The registry's operations over any object store: publish adds a version, promote moves an alias, resolve reads one.
// The order of writes is the safety: blobs first, then the manifest, which makes the version exist, then the alias.

import {
  NO_ALIASES,
  parseAliases,
  versionAt,
  withMove,
  type Aliases,
  type Move,
  type MoveRequest,
} from './aliases.ts';
import { sha256 } from '../hash.ts';
import { stableJson } from '../shapes/json.ts';
import { own } from '../shapes/parse.ts';
import {
  aliasesKey,
  blobKey,
  isAlias,
  isModelName,
  isVersion,
  manifestKey,
  parseManifestKey,
  versionsPrefix,
} from './keys.ts';
import {
  parseManifest,
  type FileReference,
  type Manifest,
  type ManifestDraft,
  type TabularDraft,
  type TabularManifest,
} from '../manifest.ts';
import type { ObjectStore } from './object-store.ts';
import type { Sign } from './signing.ts';
import { CANARY, SHADOW } from '../traffic/traffic.ts';

/** A registry holds something other than what its manifest says. */
export class IntegrityError extends Error {
  readonly key: string;

  constructor(key: string, fault: string, options?: ErrorOptions) {
    super(`${key}: ${fault}`, options);
    this.name = 'IntegrityError';
    this.key = key;
  }
}

/** What was asked cannot be done with the registry as it is: no such version, retired, in use, nowhere to go back to. */
export class RefusalError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RefusalError';
  }
}

/** Somebody else moved the alias in the meantime. */
export class ConflictError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConflictError';
  }
}

export interface Publication<Kind extends Manifest = Manifest> {
  readonly manifest: Kind;
  /** False when an equal version was there already and nothing was written. */
  readonly added: boolean;
}

export interface PublishOptions {
  readonly sign?: Sign | undefined;
  /** Keys of files that an earlier try may have left: what is what its name says is not sent again. None by default. */
  readonly left?: ReadonlySet<string>;
  /** Told of each file when it is in the registry. */
  readonly onFile?: (file: WrittenFile) => void;
}

export interface WrittenFile extends FileReference {
  readonly name: string;
  /** False when its bytes were there already. */
  readonly written: boolean;
}

/** Tries against other publishers or promoters before giving up. */
const ATTEMPTS = 20;

/** Names of all models that have a version, in order. */
export async function listModels(store: ObjectStore): Promise<readonly string[]> {
  const models = new Set<string>();
  for (const key of await store.list('')) {
    const parsed = parseManifestKey(key);
    if (parsed !== null) models.add(parsed.model);
  }
  return [...models];
}

/** Versions of a model, oldest first; empty for a model that is not there. */
export async function listVersions(store: ObjectStore, model: string): Promise<readonly string[]> {
  const keys = await store.list(versionsPrefix(model));
  return keys
    .map((key) => parseManifestKey(key))
    .filter((parsed) => parsed !== null)
    .map((parsed) => parsed.version)
    .sort((a, b) => Number(a) - Number(b));
}

/** The manifest of a version, or null when there is no such version. Throws IntegrityError when it cannot be read. */
export async function readManifest(
  store: ObjectStore,
  model: string,
  version: string,
): Promise<Manifest | null> {
  return (await readManifestFile(store, model, version))?.manifest ?? null;
}

/** The manifest with the hash of the bytes it is stored as; otherwise as `readManifest`. */
export async function readManifestFile(
  store: ObjectStore,
  model: string,
  version: string,
): Promise<{ readonly manifest: Manifest; readonly sha256: string } | null> {
  const key = manifestKey(model, version);
  const object = await store.get(key);
  if (object === null) return null;
  const manifest = parsed(key, object.bytes, parseManifest);
  if (manifest.model !== model || manifest.version !== version)
    throw new IntegrityError(key, `is the manifest of ${manifest.model} ${manifest.version}`);
  return { manifest, sha256: await sha256(object.bytes) };
}

/** The bytes of a version's file. Throws IntegrityError when they are missing or not what the manifest says. */
export async function readFile(
  store: ObjectStore,
  manifest: Manifest,
  name: string,
): Promise<Uint8Array> {
  const reference = own(manifest.files, name);
  const place = manifestKey(manifest.model, manifest.version);
  if (reference === undefined) throw new IntegrityError(place, `names no file ${name}`);
  const key = blobKey(manifest.model, reference.sha256);
  const object = await store.get(key);
  if (object === null) throw new IntegrityError(key, `is missing (${name} of ${place})`);
  if (object.bytes.length !== reference.size || (await sha256(object.bytes)) !== reference.sha256)
    throw new IntegrityError(key, `does not have the hash its name says (${name} of ${place})`);
  return object.bytes;
}

/** The aliases of a model; none when nothing was promoted yet. */
export async function readAliases(store: ObjectStore, model: string): Promise<Aliases> {
  const object = await store.get(aliasesKey(model));
  return object === null ? NO_ALIASES : parsed(aliasesKey(model), object.bytes, parseAliases);
}

/**
 * Adds a version: writes the files, then the manifest under the next free number.
 * A run that repeats the newest version byte for byte adds nothing. With `sign`, the manifest says who made it.
 * Throws IntegrityError on a damaged newest version.
 */
export async function publish(
  store: ObjectStore,
  draft: TabularDraft,
  files: Readonly<Record<string, Uint8Array>>,
  options?: PublishOptions,
): Promise<Publication<TabularManifest>>;
export async function publish(
  store: ObjectStore,
  draft: ManifestDraft,
  files: Readonly<Record<string, Uint8Array>>,
  options?: PublishOptions,
): Promise<Publication>;
export async function publish(
  store: ObjectStore,
  draft: ManifestDraft,
  files: Readonly<Record<string, Uint8Array>>,
  { sign, left, onFile }: PublishOptions = {},
): Promise<Publication> {
  if (!isModelName(draft.model)) throw new Error(`not a model name: ${draft.model}`);
  const references = await writeBlobs(store, draft.model, { files, left, onFile });
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const newest = (await listVersions(store, draft.model)).at(-1) ?? '0';
    const before = newest === '0' ? null : await readManifest(store, draft.model, newest);
    const version = String(Number(newest) + 1);
    const unsigned: Manifest = { ...draft, version, files: references, signed: undefined };
    // A version that nobody signed is published anew by who can.
    const isSigned = sign === undefined || before?.signed !== undefined;
    if (before !== null && isSigned && sameRun(before, unsigned))
      return { manifest: before, added: false };
    const manifest = sign === undefined ? unsigned : { ...unsigned, signed: await sign(unsigned) };
    const bytes = new TextEncoder().encode(stableJson(manifest));
    if (await store.put(manifestKey(draft.model, version), bytes, 'absent'))
      return { manifest, added: true };
  }
  throw new ConflictError(`${draft.model}: other publishers took ${ATTEMPTS} versions in a row`);
}

/** A move, and optionally the version the alias must be at for it: what the mover saw when deciding. */
export interface PromoteRequest extends MoveRequest {
  /** Null when the alias must be new. */
  readonly expected?: string | null;
}

/**
 * Points an alias at a version, by compare-and-swap. Answers the move that was made.
 * Throws when the version is not there or retired, and ConflictError when the alias is not where it was expected.
 */
export async function promote(
  store: ObjectStore,
  model: string,
  { expected, ...move }: PromoteRequest,
): Promise<Move> {
  if (!isAlias(move.alias)) throw new RefusalError(`not an alias: ${move.alias}`);
  if (move.alias === CANARY || move.alias === SHADOW)
    throw new RefusalError(
      `not an alias but a trial: npm run ${move.alias} -- ${model} ${move.to}`,
    );
  await requireVersion(store, model, move.to);
  const after = await changeAliases(store, model, (before) => {
    requireAt(model, {
      alias: move.alias,
      present: versionAt(before.aliases, move.alias),
      expected,
    });
    requireInService(before, model, move.to);
    return withMove(before, move);
  });
  return after.history.at(-1)!;
}

export interface Whereabouts {
  readonly alias: string;
  readonly present: string | null;
  /** Left out where nobody has looked before. */
  readonly expected?: string | null | undefined;
}

/** Throws ConflictError when the alias is not where whoever moves it saw it. */
export function requireAt(model: string, { alias, present, expected }: Whereabouts): void {
  if (expected === undefined || present === expected) return;
  throw new ConflictError(
    `${model}: ${alias} is ${present ?? 'nowhere'} now, not ${expected ?? 'nowhere'}: somebody moved it meanwhile`,
  );
}

/** Throws when there is no such version. */
export async function requireVersion(
  store: ObjectStore,
  model: string,
  version: string,
): Promise<Manifest> {
  const manifest = isVersion(version) ? await readManifest(store, model, version) : null;
  if (manifest === null) throw new RefusalError(`no such version: ${model} ${version}`);
  return manifest;
}

function requireInService({ retired }: Aliases, model: string, version: string): void {
  const retirement = Object.hasOwn(retired, version) ? retired[version] : undefined;
  if (retirement !== undefined)
    throw new RefusalError(`version is retired: ${model} ${version} (${retirement.reason})`);
}

/**
 * Rewrites a model's aliases by compare-and-swap: `change` is asked again whenever somebody else was faster. Answers
 * what was written. Throws ConflictError when others keep being faster, and whatever `change` throws.
 */
export async function changeAliases(
  store: ObjectStore,
  model: string,
  change: (before: Aliases) => Aliases | Promise<Aliases>,
): Promise<Aliases> {
  const key = aliasesKey(model);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const object = await store.get(key);
    const before = object === null ? NO_ALIASES : parsed(key, object.bytes, parseAliases);
    const after = await change(before);
    const bytes = new TextEncoder().encode(stableJson(after));
    const condition = object === null ? 'absent' : { etag: object.etag };
    if (await store.put(key, bytes, condition)) return after;
  }
  throw new ConflictError(`${model}: others moved its aliases ${ATTEMPTS} times in a row`);
}

interface Blobs {
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly left: PublishOptions['left'];
  readonly onFile: PublishOptions['onFile'];
}

async function writeBlobs(
  store: ObjectStore,
  model: string,
  { files, left = new Set(), onFile }: Blobs,
): Promise<Record<string, FileReference>> {
  const references: Record<string, FileReference> = {};
  for (const name of Object.keys(files).sort()) {
    const bytes = files[name]!;
    const reference = { sha256: await sha256(bytes), size: bytes.length };
    const key = blobKey(model, reference.sha256);
    const written = !left.has(key) || !(await holds(store, key, reference));
    if (written) await store.put(key, bytes);
    references[name] = reference;
    onFile?.({ name, ...reference, written });
  }
  return references;
}

async function holds(store: ObjectStore, key: string, reference: FileReference): Promise<boolean> {
  const object = await store.get(key);
  if (object === null || object.bytes.length !== reference.size) return false;
  return (await sha256(object.bytes)) === reference.sha256;
}

function sameRun(a: Manifest, b: Manifest): boolean {
  const bare = (manifest: Manifest): string =>
    stableJson({ ...manifest, version: '', created_at: '', signed: undefined });
  return bare(a) === bare(b);
}

function parsed<T>(key: string, bytes: Uint8Array, parse: (text: string) => T): T {
  try {
    return parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes));
  } catch (cause) {
    throw new IntegrityError(key, (cause as Error).message, { cause });
  }
}
