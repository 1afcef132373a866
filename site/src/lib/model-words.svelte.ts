// Words that the pages of models alone need. They come with those pages, in every language at once: the first page that a
// visitor opens does not wait for them.

import { language } from './language.svelte.ts';
import { liveWords as enLive } from './words/en-live.ts';
import { qualityWords as enQuality } from './words/en-quality.ts';
import { treeWords as enTree } from './words/en-tree.ts';
import { liveWords as jaLive } from './words/ja-live.ts';
import { qualityWords as jaQuality } from './words/ja-quality.ts';
import { treeWords as jaTree } from './words/ja-tree.ts';

const WORDS = {
  en: { ...enTree, ...enLive, ...enQuality },
  ja: { ...jaTree, ...jaLive, ...jaQuality },
} as const;

export const modelPages = {
  get words(): (typeof WORDS)['en'] {
    return WORDS[language.tag];
  },
};
