// One page of S3's ListObjectsV2. The answer is a fixed form with percent-encoded keys, so it is read by its tags.

import type { Entry } from '#contract/registry/object-store.ts';

export interface ListPage {
  readonly entries: readonly Entry[];
  /** Continuation token of the next page; null on the last. */
  readonly next: string | null;
}

/** Throws when the text is not a list, or a truncated one does not say how to go on. */
export function parseListPage(xml: string): ListPage {
  if (!/<ListBucketResult[\s>]/.test(xml))
    throw new Error('R2 answers something other than a list');
  const entries = [...xml.matchAll(/<Contents>([\s\S]*?)<\/Contents>/g)].map(([, item]) =>
    parseEntry(item!),
  );
  if (tag(xml, 'IsTruncated') !== 'true') return { entries, next: null };
  const next = tag(xml, 'NextContinuationToken');
  if (next === null) throw new Error('R2 answers a list that is cut off without a token');
  return { entries, next };
}

function parseEntry(item: string): Entry {
  const key = tag(item, 'Key');
  const modified = Date.parse(tag(item, 'LastModified') ?? '');
  if (key === null || Number.isNaN(modified))
    throw new Error('R2 answers a list with an object that has no key or time');
  return { key: decodeURIComponent(key.replaceAll('+', ' ')), modified: new Date(modified) };
}

function tag(xml: string, name: string): string | null {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  return text === undefined ? null : unescapeXml(text);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
};

const unescapeXml = (text: string): string =>
  text.replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity]!);
