// A link of docs/*.md as a link of the page: other documents have a page of their own, other files are text.

import { safeLink, type ResolveLink } from '../links.ts';

/** For the document `slug`; `slugs` are all documents there are. */
export const resolveDocLink =
  (slug: string, slugs: readonly string[]): ResolveLink =>
  (href) => {
    const sure = safeLink(href);
    if (sure !== null) return sure;
    const { pathname, hash } = new URL(href, `https://docs/${slug}`);
    const target = pathname.slice(1).replace(/\.md$/, '');
    return pathname.endsWith('.md') && slugs.includes(target) ? `/docs/${target}${hash}` : null;
  };
