// marked writes the text of its tokens as it stood; only HTML's own five escapes are read as what they stand for.

const ESCAPES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

export const plainText = (text: string): string =>
  text.replaceAll(/&(?:lt|gt|quot|#39|amp);/g, (escape) => ESCAPES[escape] ?? escape);
