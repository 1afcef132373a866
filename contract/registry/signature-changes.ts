// Whether a client of one version can go on with another: what fits the first must fit the second.

import type { Manifest } from '../manifest.ts';
import type { Feature, Signature, Target } from '../signature.ts';
import type { TensorMetadata } from '../tensors/tensor.ts';

/** The same of two versions, of which either may have tensors only. */
export function manifestChanges(before: Manifest, after: Manifest): readonly string[] {
  if (before.signature !== null && after.signature !== null)
    return signatureChanges(before.signature, after.signature);
  if (before.signature !== after.signature)
    return [after.signature === null ? 'takes tensors, not rows' : 'takes rows, not tensors'];
  return [
    ...tensorChanges('input', before.tensors.inputs, after.tensors.inputs),
    ...tensorChanges('output', before.tensors.outputs, after.tensors.outputs),
  ];
}

function tensorChanges(
  what: string,
  before: readonly TensorMetadata[],
  after: readonly TensorMetadata[],
): string[] {
  const say = ({ datatype, shape }: TensorMetadata): string => `${datatype} [${shape.join(', ')}]`;
  const known = new Map(before.map((tensor) => [tensor.name, tensor]));
  const kept = new Set(after.map(({ name }) => name));
  return [
    ...before.flatMap(({ name }) => (kept.has(name) ? [] : [`${what} ${name} is gone`])),
    ...after.flatMap((tensor) => {
      const old = known.get(tensor.name);
      if (old === undefined) return [`${what} ${tensor.name} is new`];
      if (say(old) === say(tensor)) return [];
      return [`${what} ${tensor.name} is ${say(tensor)}, not ${say(old)}`];
    }),
  ];
}

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
