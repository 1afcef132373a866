// The few words of SVG that the charts are made of. Colours follow the reader's light or dark.

const STYLE = `text{font:12px system-ui,sans-serif;fill:#333}.title{font-weight:600;font-size:13px}.mute{fill:#777}
.bar{fill:#9ab}.own{fill:#3a7d44}.line{fill:none;stroke:#3a7d44;stroke-width:2}.axis{stroke:#bbb}.limit{stroke:#c33;stroke-dasharray:4 3}
@media(prefers-color-scheme:dark){text{fill:#ddd}.mute{fill:#999}.bar{fill:#567}.axis{stroke:#555}}`;

export const document = (width: number, height: number, title: string, body: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(title)}">
<style>${STYLE}</style>
${body}
</svg>
`;

export interface TextOptions {
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly style?: string;
}

export const text = (x: number, y: number, words: string, options: TextOptions = {}): string =>
  `<text x="${round(x)}" y="${round(y)}" text-anchor="${options.anchor ?? 'start'}" class="${options.style ?? ''}">${escape(words)}</text>`;

export const rect = (x: number, y: number, width: number, height: number, style: string): string =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${height}" class="${style}"/>`;

export const line = (points: readonly (readonly [number, number])[], style: string): string =>
  `<polyline points="${points.map(([x, y]) => `${round(x)},${round(y)}`).join(' ')}" class="${style}"/>`;

export const dot = (x: number, y: number): string =>
  `<circle cx="${round(x)}" cy="${round(y)}" r="3" class="own"/>`;

const round = (value: number): number => Math.round(value * 10) / 10;

const escape = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
