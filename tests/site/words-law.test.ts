// Every word of the pages comes from lib/words: no component has a sentence of its own.

import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'svelte/compiler';
import { expect, test } from 'vitest';

const SITE = resolve(import.meta.dirname, '../../site/src');

/** Names, which are the same in every language. */
const NAMES = ['Gharial', 'SHA-256', '/v1/models', 'openapi.json', 'manifest.json'];

/** Attributes that a person reads or hears. */
const READ = new Set(['alt', 'aria-label', 'content', 'label', 'placeholder', 'title']);

/** Two words beside each other are a sentence; a single one in quotes is a key. */
const SENTENCE = /\p{L}{2,}[,.:]? +\p{L}{2,}/u;

const files = globSync('**/*.svelte', { cwd: SITE }).sort();

test('there are components to read', () => expect(files.length).toBeGreaterThan(40));

test.each(files)('%s says nothing in its own words', (file) => {
  const { fragment } = parse(readFileSync(join(SITE, file), 'utf8'), { modern: true });
  expect(sentencesOf(fragment)).toEqual([]);
});

test('the law finds text, attributes, and sentences in expressions', () => {
  const source = `<p title="A title" class="not this">Text</p>{done ? 'all done' : 'key'}{\`\${n} rows left\`}`;
  expect(sentencesOf(parse(source, { modern: true }).fragment)).toEqual([
    'A title',
    'Text',
    'all done',
    'rows left',
  ]);
});

function sentencesOf(node: unknown, attribute = ''): string[] {
  if (Array.isArray(node)) return node.flatMap((each) => sentencesOf(each, attribute));
  if (typeof node !== 'object' || node === null || !('type' in node)) return [];
  const found = textOf(node as Readonly<Record<string, unknown>>, attribute);
  const owns = node.type === 'Attribute' || node.type === 'StyleDirective';
  const inside = owns && 'name' in node ? String(node.name) : attribute;
  return [
    ...(found === '' ? [] : [found]),
    ...Object.entries(node).flatMap(([, child]) => sentencesOf(child, inside)),
  ];
}

/** What a person would read of this one node, without the names in it. */
function textOf(node: Readonly<Record<string, unknown>>, attribute: string): string {
  if (node.type === 'Text') {
    if (attribute !== '' && !READ.has(attribute)) return '';
    const text = NAMES.reduce((rest, name) => rest.replaceAll(name, ''), String(node.data)).trim();
    return /\p{L}/u.test(text) ? text : '';
  }
  if (attribute !== '' && !READ.has(attribute)) return '';
  const quoted = quotedBy(node);
  return SENTENCE.test(quoted) ? quoted.trim() : '';
}

function quotedBy({ type, value }: Readonly<Record<string, unknown>>): string {
  if (type === 'Literal') return String(value);
  return type === 'TemplateElement' ? String((value as { cooked: string }).cooked) : '';
}
