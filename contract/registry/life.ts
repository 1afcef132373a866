// What happens to a version after it was promoted: the alias goes back, or the version is taken out of service.

import { previousVersion, versionAt, withMove, type Move, type Retirement } from './aliases.ts';
import { isAlias } from './keys.ts';
import type { ObjectStore } from './object-store.ts';
import { changeAliases, RefusalError, requireAt, requireVersion } from './registry.ts';

export type RollbackRequest = Retirement & {
  readonly alias: string;
  /** Where the alias was when that was decided. Not checked when left out. */
  readonly expected?: string;
};

/**
 * Points an alias back at the version it was promoted from. There is no gate: going back is what must always work.
 * Throws when there is nothing to go back to, and ConflictError when the alias is not where it was expected.
 */
export async function rollback(
  store: ObjectStore,
  model: string,
  { expected, ...request }: RollbackRequest,
): Promise<Move> {
  const { alias } = request;
  if (!isAlias(alias)) throw new RefusalError(`not an alias: ${alias}`);
  const after = await changeAliases(store, model, async (before) => {
    requireAt(model, { alias, present: versionAt(before.aliases, alias), expected });
    const to = previousVersion(before, alias);
    if (to === null) throw new RefusalError(`nothing to roll back to: ${model} ${alias}`);
    await requireVersion(store, model, to);
    return withMove(before, { ...request, action: 'rollback', to });
  });
  return after.history.at(-1)!;
}

/**
 * Takes a version out of service: it answers no request and no alias can be pointed at it. Its files stay.
 * Throws when the version is not there, is retired already, has an alias, or is on trial.
 */
export async function retire(
  store: ObjectStore,
  model: string,
  { version, ...retirement }: Retirement & { readonly version: string },
): Promise<void> {
  await requireVersion(store, model, version);
  await changeAliases(store, model, (before) => {
    const alias = Object.keys(before.aliases).find((name) => before.aliases[name] === version);
    if (alias !== undefined)
      throw new RefusalError(
        `version is in use: ${model} ${version} is ${alias}; move the alias first`,
      );
    const { canary = null, shadow = null } = before.traffic ?? {};
    if (canary?.version === version && canary.weight > 0)
      throw new RefusalError(
        `version is in use: ${model} ${version} is the canary; end that first`,
      );
    if (shadow?.version === version)
      throw new RefusalError(
        `version is in use: ${model} ${version} is the shadow; end that first`,
      );
    if (Object.hasOwn(before.retired, version))
      throw new RefusalError(`version is retired already: ${model} ${version}`);
    return { ...before, retired: { ...before.retired, [version]: retirement } };
  });
}
