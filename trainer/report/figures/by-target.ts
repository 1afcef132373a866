// How one column goes with the target, row by row: of labels, how the column is spread in each; of a number, how the target is
// spread along the column.

import type { Target } from '#contract/signature.ts';
import type { Table } from '../../table/table.ts';
import type { Figure } from '../chart.ts';
import { nameOf, type NamedPlace, type NumberPlace, type Place } from '../places.ts';
import { labelOf, percent, plural, quantity } from '../words.ts';
import { heat, type Cell } from './heat.ts';
import { stripOf, strips, type Group } from './strips.ts';

/** Groups in a picture: those with most rows. */
const SHOWN = 30;
const COLUMNS = 16;
/** Bins of about as many rows each, along a number. */
const BINS = 12;

interface Column {
  readonly place: Place;
  /** Of an encoded row. */
  readonly index: number;
  /** Of the file. */
  readonly name: string;
}

/** Null where there is nothing to draw: no row has both. */
export function byTarget(
  table: Table,
  target: Target,
  { place, index, name }: Column,
): Figure | null {
  const values = Array.from(
    { length: table.count },
    (_, row) => table.values[row * table.width + index]!,
  );
  const column = table.target;
  if (target.type === 'category' && column.type === 'category') {
    const labels = Array.from(column.codes, (code) => target.labels[code]!);
    return place.type === 'number'
      ? numbersByLabel(place, { values, groups: labels, name, of: target.column })
      : namesByLabel(place, { values, labels, name, of: target.column });
  }
  if (target.type !== 'number' || column.type !== 'number') return null;
  const label = labelOf(target.column, target.unit);
  const truth = [...column.values];
  const options = { name, label, unit: target.unit };
  const groups =
    place.type === 'number'
      ? binsAlong(place, values, truth)
      : groupsOf(
          values.map((value) => nameOf(place, value)),
          truth,
          place,
        );
  if (groups.length === 0) return null;
  return strips({
    ...options,
    groups,
    title: `${label} by ${place.label}`,
    caption: captionOf(groups, `${label} by ${place.label}`, target.unit),
  });
}

interface Labelled {
  readonly values: readonly number[];
  readonly groups: readonly string[];
  readonly name: string;
  /** The target's column. */
  readonly of: string;
}

function numbersByLabel(
  place: NumberPlace,
  { values, groups: labels, name, of }: Labelled,
): Figure | null {
  const groups = groupsOf(labels, values, null);
  if (groups.length === 0) return null;
  const { label, unit } = place;
  return strips({
    name,
    title: `${label} by ${of}`,
    caption: captionOf(groups, `${label} by ${of}`, unit),
    groups,
    label,
    unit,
  });
}

/** Sorted by median, unless the names have an order of their own; of too many those with most values. */
function groupsOf(
  names: readonly (string | null)[],
  values: readonly number[],
  place: NamedPlace | null,
): readonly Group[] {
  const found = new Map<string, number[]>();
  names.forEach((name, row) => {
    const value = values[row]!;
    if (name === null || Number.isNaN(value)) return;
    const group = found.get(name);
    if (group === undefined) found.set(name, [value]);
    else group.push(value);
  });
  const groups = [...found].map(([name, group]) => ({ name, values: group }));
  const shown = groups
    .sort((a, b) => b.values.length - a.values.length || compare(a.name, b.name))
    .slice(0, SHOWN);
  if (place?.isOrdered === true)
    return shown.sort((a, b) => place.names.indexOf(a.name) - place.names.indexOf(b.name));
  const medians = new Map(shown.map((group) => [group.name, stripOf(group).median]));
  return shown.sort(
    (a, b) => medians.get(b.name)! - medians.get(a.name)! || compare(a.name, b.name),
  );
}

/** The target in bins of the column that hold about as many rows each; equal values stay together. */
function binsAlong(
  { unit }: NumberPlace,
  values: readonly number[],
  truth: readonly number[],
): readonly Group[] {
  const rows = values
    .map((value, row) => ({ value, truth: truth[row]! }))
    .filter(({ value }) => !Number.isNaN(value));
  rows.sort((a, b) => a.value - b.value);
  const bins: (typeof rows)[] = [];
  for (let start = 0; start < rows.length;) {
    let end = Math.min(start + Math.max(1, Math.ceil(rows.length / BINS)), rows.length);
    while (end < rows.length && rows[end]!.value === rows[end - 1]!.value) end++;
    bins.push(rows.slice(start, end));
    start = end;
  }
  const groups = new Map<string, number[]>();
  for (const bin of bins) {
    const [from, to] = [quantity(bin[0]!.value), quantity(bin.at(-1)!.value, unit)];
    const name = bin[0]!.value === bin.at(-1)!.value ? to : `${from} to ${to}`;
    // Bins that read alike are one.
    groups.set(name, [...(groups.get(name) ?? []), ...bin.map((row) => row.truth)]);
  }
  return [...groups].map(([name, group]) => ({ name, values: group }));
}

function captionOf(groups: readonly Group[], what: string, unit: string | null): string {
  const sorted = groups.map(stripOf).sort((a, b) => a.median - b.median);
  const [least, most] = [sorted[0]!, sorted.at(-1)!];
  return `${what}: the thick part holds the middle half of the rows, the thin line eight of ten, the dot is the median. The median is lowest for ${least.name} (${quantity(least.median, unit)}) and highest for ${most.name} (${quantity(most.median, unit)}).${groups.length === SHOWN ? ` Shown are the ${SHOWN} with most rows.` : ''}`;
}

interface Named {
  readonly values: readonly number[];
  readonly labels: readonly string[];
  readonly name: string;
  readonly of: string;
}

/** Of each label's rows, which share has which name. */
function namesByLabel(place: NamedPlace, { values, labels, name, of }: Named): Figure | null {
  const found = new Map<string, Map<string, number>>();
  const [byLabel, byName] = [new Map<string, number>(), new Map<string, number>()];
  const add = (counts: Map<string, number>, key: string): void =>
    void counts.set(key, (counts.get(key) ?? 0) + 1);
  values.forEach((value, row) => {
    const given = nameOf(place, value);
    if (given === null) return;
    const label = labels[row]!;
    if (!found.has(label)) found.set(label, new Map());
    add(found.get(label)!, given);
    add(byLabel, label);
    add(byName, given);
  });
  if (byName.size === 0) return null;
  const rows = most(byLabel, SHOWN).sort(compare);
  const common = most(byName, COLUMNS);
  const columns = place.isOrdered ? place.names.filter((each) => common.includes(each)) : common;
  const cells = rows.flatMap((row) =>
    columns.flatMap((column): Cell[] => {
      const number = found.get(row)?.get(column) ?? 0;
      if (number === 0) return [];
      const share = number / byLabel.get(row)!;
      const text = share < 0.005 ? '' : String(Math.round(share * 100));
      return [
        {
          row,
          column,
          share,
          text,
          tip: `${row}, ${column}: ${percent(share)} of ${plural(byLabel.get(row)!, 'row')}`,
        },
      ];
    }),
  );
  const strongest = [...cells].sort((a, b) => b.share - a.share)[0];
  const caption = [
    `Of the rows of each ${of}, the share (in percent) that has each ${place.label}.`,
    strongest === undefined
      ? ''
      : `The clearest: ${percent(strongest.share)} of ${strongest.row} have ${strongest.column}.`,
    byName.size > columns.length
      ? `Shown are the ${columns.length} commonest of ${byName.size}.`
      : '',
  ];
  return heat({
    name,
    title: `${place.label} by ${of}`,
    caption: caption.filter(Boolean).join(' '),
    rows,
    columns,
    cells,
    rowLabel: of,
    columnLabel: place.label,
  });
}

const most = (counts: ReadonlyMap<string, number>, limit: number): string[] =>
  [...counts]
    .sort((a, b) => b[1] - a[1] || compare(a[0], b[0]))
    .slice(0, limit)
    .map(([name]) => name);

/** By code unit: the same on every machine. */
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
