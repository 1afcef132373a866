// The documents of docs/ as pages, read when the site is built. Runs at build time only.

// Of the datasets their cards, which are documents too.
const FILES = import.meta.glob<string>(
  ['../../../../docs/**/*.md', '../../../../data/*/README.md'],
  {
    query: '?raw',
    import: 'default',
    eager: true,
  },
);

export interface DocPage {
  /** Its address under /docs, and its path under docs/ without `.md`. */
  readonly slug: string;
  readonly title: string;
  readonly text: string;
}

/** Guides first, then decisions by their number. */
export const DOC_PAGES: readonly DocPage[] = Object.entries(FILES)
  .map(([path, text]) => ({
    slug: path.replace(/^(\.\.\/)*(docs\/)?/, '').replace(/(\/README)?\.md$/, ''),
    title: /^#\s+(.+)$/m.exec(text)?.[1] ?? path,
    text,
  }))
  .sort(
    (a, b) =>
      Number(a.slug.includes('/')) - Number(b.slug.includes('/')) || a.slug.localeCompare(b.slug),
  );
