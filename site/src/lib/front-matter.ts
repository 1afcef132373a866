// A model card begins with fields for machines between two lines of dashes; people are shown what comes after.

export const withoutFrontMatter = (card: string): string =>
  card.replace(/^---\r?\n[\s\S]*?\r?\n---\r?\n/, '');
