// The datasets whose card came with the repository, when the site was built.

import { DOC_PAGES } from '$lib/docs/pages.ts';

export const load = (): { cards: string[] } => ({
  cards: DOC_PAGES.map(({ slug }) => slug).filter((slug) => slug.startsWith('data/')),
});
