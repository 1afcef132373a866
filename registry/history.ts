// What happened to a model: its versions, where its aliases point, and every move with who, when and why.

import Table from 'cli-table3';
import type { Aliases } from '#contract/registry/aliases.ts';
import type { ObjectStore } from '#contract/registry/object-store.ts';
import {
  listVersions,
  readAliases,
  readManifest,
  IntegrityError,
} from '#contract/registry/registry.ts';

export interface VersionLine {
  readonly version: string;
  /** Null when the manifest is damaged. */
  readonly created_at: string | null;
  readonly algorithm: string | null;
  readonly aliases: readonly string[];
  readonly retired: boolean;
}

export interface History extends Aliases {
  readonly model: string;
  readonly versions: readonly VersionLine[];
}

/** Throws when the model has no version. */
export async function historyOf(store: ObjectStore, model: string): Promise<History> {
  const versions = await listVersions(store, model);
  if (versions.length === 0) throw new Error(`no such model in ${store.location}: ${model}`);
  const aliases = await readAliases(store, model);
  const lines = versions.map((version) => lineOf(store, { model, version, aliases }));
  return { model, versions: await Promise.all(lines), ...aliases };
}

async function lineOf(
  store: ObjectStore,
  {
    model,
    version,
    aliases: { aliases, retired, traffic },
  }: { model: string; version: string; aliases: Aliases },
): Promise<VersionLine> {
  const manifest = await readManifest(store, model, version).catch((error: unknown) => {
    if (error instanceof IntegrityError) return null;
    throw error;
  });
  return {
    version,
    created_at: manifest?.created_at ?? null,
    algorithm: manifest?.training.algorithm ?? null,
    aliases: [
      ...Object.keys(aliases).filter((alias) => aliases[alias] === version),
      ...(traffic?.canary?.version === version ? [`canary ${traffic.canary.weight} %`] : []),
      ...(traffic?.shadow?.version === version ? ['shadow'] : []),
    ],
    retired: Object.hasOwn(retired, version),
  };
}

/** Characters of the last column, beyond which a reason goes on in the next line. */
const WHY_WIDTH = 60;

export function historyText({ model, versions, ...aliases }: History): string {
  const { history, retired, traffic_history } = aliases;
  const style = { head: [], border: [] };
  const table = new Table({ head: ['version', 'made', 'algorithm', 'is'], style });
  for (const { version, created_at, algorithm, aliases, retired: gone } of versions)
    table.push([
      version,
      created_at === null ? 'damaged manifest' : minute(created_at),
      algorithm ?? '',
      [...aliases, ...(gone ? ['retired'] : [])].join(', '),
    ]);
  const moves = new Table({
    head: ['when', 'what', 'from', 'to', 'who', 'why'],
    style,
    colWidths: [null, null, null, null, null, WHY_WIDTH],
    wordWrap: true,
  });
  const lines = [
    ...history.map(({ at, action, alias, from, to, by, reason, overrides }) => {
      const against = overrides === undefined ? '' : ` (overruled: ${overrides.join('; ')})`;
      return { at, cells: [`${action} ${alias}`, from ?? '', to, by, `${reason}${against}`] };
    }),
    ...traffic_history.map(({ at, action, version, from, to, by, reason }) => ({
      at,
      cells: [`${action} ${version}`, percent(from), percent(to), by, reason],
    })),
    ...Object.entries(retired).map(([version, { at, by, reason }]) => ({
      at,
      cells: ['retire', version, '', by, reason],
    })),
  ].sort((a, b) => a.at.localeCompare(b.at));
  for (const { at, cells } of lines) moves.push([minute(at), ...cells]);
  return [model, table.toString(), ...(lines.length === 0 ? [] : [moves.toString()])].join('\n');
}

const percent = (value: number | null): string => (value === null ? '' : `${value} %`);

const minute = (iso: string): string => iso.replace('T', ' ').slice(0, 16);
