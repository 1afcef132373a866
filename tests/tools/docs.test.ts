// Docs that cannot rot: every link leads somewhere, every command that is named exists.

import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

const DOCUMENTS = globSync(['*.md', 'docs/**/*.md', 'data/*/README.md', 'models/*/*.md'], {
  cwd: ROOT,
}).map((name) => name.replaceAll('\\', '/'));

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

test('there are documents to hold', () => {
  expect(DOCUMENTS).toContain('README.md');
  expect(DOCUMENTS.length).toBeGreaterThan(8);
});

describe.each(DOCUMENTS)('%s', (name) => {
  const text = readFileSync(join(ROOT, name), 'utf8');

  test('links to files that are there', () => {
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!);
    const local = links.filter((link) => !/^(https?:|mailto:|#)/.test(link));
    const dead = local.filter(
      (link) => !existsSync(join(ROOT, dirname(name), link.replace(/#.*$/, ''))),
    );
    expect(dead).toEqual([]);
  });

  test('names commands that exist', () => {
    const named = [...text.matchAll(/npm run (?:-s )?([a-z]+(?:[:-][a-z]+)*)/g)].map(
      ([, script]) => script!,
    );
    expect([...new Set(named)].filter((script) => scripts[script] === undefined)).toEqual([]);
  });

  test('names decisions that exist', () => {
    const numbers = [...text.matchAll(/docs\/decisions\/(\d{3})/g)].map(([, number]) => number!);
    const there = globSync('docs/decisions/*.md', { cwd: ROOT }).map((file) =>
      file.replaceAll('\\', '/').slice('docs/decisions/'.length, 'docs/decisions/'.length + 3),
    );
    expect(numbers.filter((number) => !there.includes(number))).toEqual([]);
  });
});

test('no source names a decision that is not there', () => {
  const there = globSync('docs/decisions/*.md', { cwd: ROOT }).join(' ');
  const sources = globSync(['{contract,data,trainer,worker,site,tools,client}/**/*.ts', '*.toml'], {
    cwd: ROOT,
    exclude: (file) => file === 'node_modules' || file === '.svelte-kit',
  });
  const lost = sources.flatMap((file) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(/docs\/decisions\/(\d{3})/g)]
      .filter(([, number]) => !there.includes(`/${number}-`) && !there.includes(`\\${number}-`))
      .map(([reference]) => `${file}: ${reference}`),
  );
  expect(lost).toEqual([]);
});
