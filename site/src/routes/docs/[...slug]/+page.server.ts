// One document, as it stood when the site was built.

import { error } from '@sveltejs/kit';
import { DOC_PAGES, type DocPage } from '$lib/docs/pages.ts';

export const entries = (): { slug: string }[] =>
  ['', ...DOC_PAGES.map(({ slug }) => slug)].map((slug) => ({ slug }));

export function load({ params }: { params: { slug: string } }): DocPage {
  // The bare address is the list, with nothing beside it.
  if (params.slug === '') return { slug: '', title: 'Docs', text: '' };
  const page = DOC_PAGES.find(({ slug }) => slug === params.slug);
  if (page === undefined) error(404);
  return page;
}
