// JSON as a tree that can also say what JSON must not: equal keys, numbers that are none, texts with half a character.

import type { Random } from '../../trainer/table/random.ts';

type Tree =
  | { kind: 'leaf'; text: string }
  | { kind: 'list'; items: Tree[] }
  | { kind: 'object'; fields: { key: string; value: Tree }[] };

/** The text of `value` after `count` changes somewhere inside. */
export function mutatedJson(value: unknown, count: number, random: Random): string {
  const tree = treeOf(value);
  for (let change = 0; change < count; change++) {
    const places = placesOf(tree);
    const place = places[random.below(places.length)]!;
    const mutate = MUTATIONS[random.below(MUTATIONS.length)]!;
    mutate(place, random);
  }
  return textOf(tree);
}

function treeOf(value: unknown): Tree {
  if (Array.isArray(value)) return { kind: 'list', items: value.map(treeOf) };
  if (typeof value !== 'object' || value === null)
    return { kind: 'leaf', text: JSON.stringify(value) ?? 'null' };
  const fields = Object.entries(value).map(([key, item]) => ({
    key: JSON.stringify(key),
    value: treeOf(item),
  }));
  return { kind: 'object', fields };
}

function textOf(tree: Tree): string {
  if (tree.kind === 'leaf') return tree.text;
  if (tree.kind === 'list') return `[${tree.items.map(textOf).join(',')}]`;
  return `{${tree.fields.map(({ key, value }) => `${key}:${textOf(value)}`).join(',')}}`;
}

/** Every node, root first. */
function placesOf(tree: Tree): Tree[] {
  if (tree.kind === 'leaf') return [tree];
  const below = tree.kind === 'list' ? tree.items : tree.fields.map(({ value }) => value);
  return [tree, ...below.flatMap(placesOf)];
}

/** Texts of values that programs trip over. */
const LEAVES: readonly string[] = [
  'null',
  'true',
  'false',
  '0',
  '-0',
  '-1',
  '1.5',
  '1e999',
  '-1e999',
  '5e-324',
  '3.5e38',
  '1e39',
  '9007199254740993',
  '18446744073709551616',
  '-9223372036854775809',
  '9'.repeat(400),
  '0.1e1',
  'NaN',
  'Infinity',
  '-Infinity',
  'undefined',
  '01',
  '.5',
  '0x10',
  '+1',
  '""',
  '" "',
  '"\\u0000"',
  '"\\ud800"',
  '"\\udc00\\ud800"',
  '"__proto__"',
  '"constructor"',
  '"é😀"',
  '"1"',
  '"true"',
  '[]',
  '{}',
  '[[]]',
  '[null]',
  '{"__proto__":null}',
  '{"toString":1}',
  `"${'x'.repeat(10_000)}"`,
  '',
];

/** Texts of keys. */
const KEYS: readonly string[] = [
  '"__proto__"',
  '"constructor"',
  '"prototype"',
  '"toString"',
  '"hasOwnProperty"',
  '""',
  '"a/b~c"',
  '"\\ud800"',
  '"rows"',
  '"columns"',
  '"inputs"',
  '"outputs"',
  '"data"',
  '"shape"',
  '"datatype"',
  '"parameters"',
  '"name"',
  '"size"',
  '"kind"',
  '"id"',
  '"params"',
  '"instances"',
  '"label"',
  `"${'k'.repeat(5_000)}"`,
];

const DATATYPES = [
  'BOOL',
  'UINT8',
  'UINT64',
  'INT8',
  'INT64',
  'FP16',
  'FP32',
  'FP64',
  'BYTES',
  'FP8',
];

const one = <T>(items: readonly T[], random: Random): T => items[random.below(items.length)]!;

type Mutation = (place: Tree, random: Random) => void;

const become = (place: Tree, other: Tree): void => {
  for (const key of Object.keys(place)) delete (place as unknown as Record<string, unknown>)[key];
  Object.assign(place, other);
};
const copyOf = (tree: Tree): Tree => structuredClone(tree);
const leaf = (text: string): Tree => ({ kind: 'leaf', text });

const MUTATIONS: readonly Mutation[] = [
  (place, random) => become(place, leaf(one(LEAVES, random))),
  (place, random) => become(place, leaf(one(LEAVES, random))),
  (place, random) => become(place, leaf(String((random.next() - 0.5) * 10 ** random.below(60)))),
  (place, random) => become(place, leaf(`"${one(DATATYPES, random)}"`)),
  // Fewer, more, doubled.
  (place, random) => {
    if (place.kind === 'list') place.items.splice(random.below(place.items.length + 1), 1);
    if (place.kind === 'object') place.fields.splice(random.below(place.fields.length + 1), 1);
  },
  (place, random) => {
    if (place.kind === 'list' && place.items.length > 0)
      place.items.push(copyOf(one(place.items, random)));
    if (place.kind === 'object' && place.fields.length > 0) {
      const { key, value } = one(place.fields, random);
      place.fields.splice(random.below(place.fields.length + 1), 0, { key, value: copyOf(value) });
    }
  },
  (place, random) => {
    const value = leaf(one(LEAVES, random));
    if (place.kind === 'object') place.fields.push({ key: one(KEYS, random), value });
    if (place.kind === 'list') place.items.push(value);
  },
  (place, random) => {
    if (place.kind === 'object' && place.fields.length > 0)
      one(place.fields, random).key = one(KEYS, random);
  },
  (place, random) => {
    if (place.kind === 'list' && place.items.length > 0) {
      const first = place.items[0]!;
      const many = 1 + random.below(300);
      place.items.push(...Array.from({ length: many }, () => copyOf(first)));
    }
  },
  // Deeper, flatter, of another kind.
  (place) => become(place, { kind: 'list', items: [copyOf(place)] }),
  (place, random) =>
    become(place, { kind: 'object', fields: [{ key: one(KEYS, random), value: copyOf(place) }] }),
  (place, random) => {
    const depth = 10 ** (1 + random.below(4));
    become(place, leaf('['.repeat(depth) + textOf(place) + ']'.repeat(depth)));
  },
  (place) => {
    if (place.kind === 'object')
      become(place, { kind: 'list', items: place.fields.map(({ value }) => value) });
    else if (place.kind === 'list')
      become(place, {
        kind: 'object',
        fields: place.items.map((value, index) => ({ key: `"${index}"`, value })),
      });
  },
];
