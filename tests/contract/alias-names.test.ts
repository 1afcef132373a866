// Names that JavaScript's objects have anyway are names like others: they lead to nothing until somebody publishes them.

import { expect, test } from 'vitest';
import { versionAt, withMove, NO_ALIASES, parseAliases } from '#contract/registry/aliases.ts';

const INHERITED = Object.getOwnPropertyNames(Object.prototype);

test.each(INHERITED)('%s is no alias before it is promoted', (name) => {
  expect(versionAt(NO_ALIASES.aliases, name)).toBeNull();
});

test.each(['constructor', 'champion'])('%s can be promoted, and read back', (alias) => {
  const move = { alias, to: '1', at: '2026-01-01T00:00:00.000Z', by: 'tests', reason: 'a test' };
  const after = withMove(NO_ALIASES, move);
  expect(after.history.at(-1)?.from).toBeNull();
  const read = parseAliases(JSON.stringify(after));
  expect(versionAt(read.aliases, alias)).toBe('1');
});
