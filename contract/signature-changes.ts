// Whether a client of one version can go on with another: what fits the first must fit the second.

import type { Feature, Signature, Target } from './signature.ts';

/** What a client would trip over, one text a change; empty when nothing. More categories or a wider range are no change. */
export function signatureChanges(before: Signature, after: Signature): readonly string[] {
  return [
    ...featureChanges(before.features, after.features),
    ...targetChanges(before.target, after.target),
  ];
}

function featureChanges(before: readonly Feature[], after: readonly Feature[]): string[] {
  const known = new Map(before.map((feature) => [feature.name, feature]));
  const kept = new Set(after.map(({ name }) => name));
  const gone = before.filter(({ name }) => !kept.has(name));
  const added = after.filter(({ name }) => !known.has(name));
  const changes = [
    ...gone.map(({ name }) => `feature ${name} is gone`),
    ...added.map(({ name }) => `feature ${name} is new`),
  ];
  for (const feature of after) {
    const old = known.get(feature.name);
    if (old === undefined) continue;
    if (old.type !== feature.type)
      changes.push(`feature ${feature.name} is a ${feature.type}, no ${old.type}`);
    else if (unitOf(old) !== unitOf(feature))
      changes.push(`feature ${feature.name} is in ${unitOf(feature)}, not in ${unitOf(old)}`);
    if (old.nullable && !feature.nullable)
      changes.push(`feature ${feature.name} may not be null any more`);
  }
  // Lists of values without names (instances, packed tensors) go by place.
  const moved =
    changes.length === 0 && after.some(({ name }, place) => before[place]?.name !== name);
  return moved ? ['features are in another order'] : changes;
}

function targetChanges(before: Target, after: Target): string[] {
  if (before.type !== after.type || before.name !== after.name)
    return [`target is ${after.name} (${after.type}), not ${before.name} (${before.type})`];
  if (before.type === 'number' || after.type === 'number')
    return unitOf(before) === unitOf(after)
      ? []
      : [`target is in ${unitOf(after)}, not in ${unitOf(before)}`];
  const gone = before.labels.filter((label) => !after.labels.includes(label));
  const added = after.labels.filter((label) => !before.labels.includes(label));
  if (gone.length + added.length > 0)
    return [
      ...gone.map((label) => `label ${label} is gone`),
      ...added.map((label) => `label ${label} is new`),
    ];
  const moved = after.labels.some((label, place) => before.labels[place] !== label);
  return moved ? ['labels are in another order'] : [];
}

const unitOf = (column: Feature | Target): string =>
  'unit' in column ? (column.unit ?? 'no unit') : 'no unit';
