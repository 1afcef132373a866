// Every section of every document, for the search: a file like any other, fetched when someone searches.

import { DOC_PAGES } from '$lib/docs/pages.ts';
import { sectionsOf } from '$lib/docs/sections.ts';

// No page links to it, so that the build has to be told.
export const prerender = true;

export const GET = (): Response =>
  Response.json(DOC_PAGES.flatMap(({ slug, title, text }) => sectionsOf(slug, title, text)));
