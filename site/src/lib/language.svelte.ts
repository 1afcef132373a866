// The language the pages speak. The files are made in English; app.html finds out before the first paint which language
// the visitor reads, and the words of it come in once the page is awake.

import { en, type Words } from './words/en.ts';

/** By tag: what the language calls itself, and its words, which are fetched by who wants them. */
const LANGUAGES = {
  en: { name: 'English', words: () => Promise.resolve(en) },
  ja: { name: '日本語', words: async (): Promise<Words> => (await import('./words/ja.ts')).ja },
} as const;

export type Tag = keyof typeof LANGUAGES;

/** Where the visitor's choice is kept, on this device. app.html reads it. */
const CHOICE = 'language';

class Language {
  tag = $state<Tag>('en');
  words = $state.raw<Words>(en);
  /** Whether the page's script is at work: what needs it is shown from then on. */
  awake = $state(false);

  /** The languages there are besides this one. */
  get others(): readonly { readonly tag: Tag; readonly name: string }[] {
    return (['en', 'ja'] as const)
      .filter((tag) => tag !== this.tag)
      .map((tag) => ({ tag, name: LANGUAGES[tag].name }));
  }

  /** Speaks what app.html found. Call it once the page is hydrated: until then its texts are those of the file. */
  async begin(): Promise<void> {
    this.awake = true;
    await this.#speak(document.documentElement.dataset.language === 'ja' ? 'ja' : 'en');
  }

  /** The visitor's choice, kept for the next visit. */
  async choose(tag: Tag): Promise<void> {
    await this.#speak(tag);
    try {
      localStorage.setItem(CHOICE, tag);
    } catch {
      // A browser that keeps nothing: the choice lasts as long as the page.
    }
  }

  async #speak(tag: Tag): Promise<void> {
    this.words = await LANGUAGES[tag].words();
    this.tag = tag;
    document.documentElement.lang = tag;
  }
}

export const language = new Language();
