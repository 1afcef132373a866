// Where a link of somebody's Markdown may lead: the web, or this site. Never a script.

/** The address to link to, or null for text. */
export type ResolveLink = (href: string) => string | null;

/** The key of a page's own rule, for those that know what their Markdown's relative links mean. */
export const LINKS = 'links';

/** Only what is surely an address: https, http, or a place on the page. */
export const safeLink: ResolveLink = (href) =>
  /^(https?:\/\/|#)/i.test(href.trim()) ? href.trim() : null;
