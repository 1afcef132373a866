// A document cut at its headings: what is searched, and where a find leads.

import { parseJson, parseList, parseObject, parseText } from '#contract/shapes/parse.ts';
import { anchorOf } from '../anchors.ts';

export interface DocSection {
  /** Address of the heading. */
  readonly href: string;
  readonly page: string;
  readonly heading: string;
  readonly text: string;
}

/** Sections of a page by `##` and deeper; what stands above the first belongs to the page itself. */
export function sectionsOf(slug: string, title: string, text: string): readonly DocSection[] {
  const sections: { href: string; page: string; heading: string; text: string }[] = [
    { href: `/docs/${slug}`, page: title, heading: title, text: '' },
  ];
  let fenced = false;
  for (const line of text.split('\n')) {
    if (line.startsWith('```')) fenced = !fenced;
    const heading = fenced ? null : /^(#{1,6})\s+(.+)$/.exec(line);
    if (heading !== null && heading[1] !== '#')
      sections.push({
        href: `/docs/${slug}#${anchorOf(heading[2] ?? '')}`,
        page: title,
        heading: heading[2] ?? '',
        text: '',
      });
    else if (heading === null) sections.at(-1)!.text += `${line}\n`;
  }
  return sections;
}

/** Parses the file that the build makes of all sections. Throws ParseError. */
export const parseSections = (text: string): readonly DocSection[] =>
  parseList(parseJson(text), '', (item, pointer) => {
    const section = parseObject(item, pointer);
    return {
      href: parseText(section.href, `${pointer}/href`),
      page: parseText(section.page, `${pointer}/page`),
      heading: parseText(section.heading, `${pointer}/heading`),
      text: parseText(section.text, `${pointer}/text`),
    };
  });

/** Sections that have every word, those that have them in the heading first. */
export function findSections(
  sections: readonly DocSection[],
  query: string,
): readonly DocSection[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const has = (text: string): boolean => words.every((word) => text.toLowerCase().includes(word));
  const found = sections.filter(({ page, heading, text }) => has(`${page}\n${heading}\n${text}`));
  const named = ({ heading }: DocSection): boolean => has(heading);
  return [...found.filter(named), ...found.filter((section) => !named(section))];
}

/** The words around the first find, to recognise it by. */
export function excerptOf({ text }: DocSection, query: string): string {
  const [word = ''] = query.toLowerCase().trim().split(/\s+/);
  const flat = text.replace(/\s+/g, ' ').trim();
  const at = Math.max(0, flat.toLowerCase().indexOf(word) - 60);
  return `${at > 0 ? '…' : ''}${flat.slice(at, at + 160)}${flat.length > at + 160 ? '…' : ''}`;
}
