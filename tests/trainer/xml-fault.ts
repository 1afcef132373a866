// Whether a text is well-formed XML, as far as figures use it: tags in pairs, quoted attributes, no bare & or <.

const TAG = /^<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/;

/** What is wrong first, with where; null for nothing. */
export function xmlFault(text: string): string | null {
  const open: string[] = [];
  for (let at = 0; at < text.length;) {
    if (text[at] !== '<') {
      const end = text.indexOf('<', at) === -1 ? text.length : text.indexOf('<', at);
      const bare = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i.exec(text.slice(at, end));
      if (bare !== null) return `bare & at ${at + bare.index}`;
      at = end;
      continue;
    }
    const found = TAG.exec(text.slice(at, at + 20_000));
    if (found === null) return `no tag at ${at}: ${text.slice(at, at + 60)}`;
    const [all, closing, name, attributes, empty] = found;
    if (/&(?!(?:amp|lt|gt|quot|apos|#\d+);)/.test(attributes!)) return `bare & in a tag at ${at}`;
    if (closing === '/' && open.pop() !== name) return `</${name}> closes another at ${at}`;
    if (closing === '' && empty === '') open.push(name!);
    at += all!.length;
  }
  return open.length === 0 ? null : `not closed: ${open.join(', ')}`;
}
