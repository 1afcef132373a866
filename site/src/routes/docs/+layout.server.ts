// The documents there are, for the list beside each of them.

import { DOC_PAGES } from '$lib/docs/pages.ts';

export const load = (): { pages: { slug: string; title: string }[] } => ({
  pages: DOC_PAGES.map(({ slug, title }) => ({ slug, title })),
});
