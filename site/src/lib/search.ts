// Finds the options a person means by what was typed so far: accents and case do not matter.

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}|['’]/gu, '')
    .toLowerCase()
    .trim();

/** Whether `text` has in it what was typed. */
export const contains = (text: string, typed: string): boolean =>
  plain(text).includes(plain(typed));

/** Options that contain `typed`, in alphabetical order, those that begin with it first. */
export function matching(options: readonly string[], typed: string): readonly string[] {
  const wanted = plain(typed);
  const found = options
    .filter((option) => contains(option, typed))
    .sort((a, b) => a.localeCompare(b));
  const begins = (option: string): boolean => plain(option).startsWith(wanted);
  return [...found.filter(begins), ...found.filter((option) => !begins(option))];
}

/** The option that is meant by a whole word, or the word itself when there is none. */
export function spelled(options: readonly string[], typed: string): string {
  if (options.includes(typed)) return typed;
  const wanted = plain(typed);
  return options.find((option) => plain(option) === wanted) ?? typed.trim();
}
