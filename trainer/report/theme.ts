// Colours of figures and page, in the light, in the dark and on paper. The hues are a bluish green, an orange and a blue after
// Okabe and Ito (2008), which people with any colour vision tell apart; no colour is the only sign of anything.
// On --heat and its like, at any strength, --ink can be read (4.5 : 1).

const LIGHT = {
  '--ground': '#f5f4ee',
  '--surface': '#fffefb',
  '--ink': '#18231d',
  '--ink-soft': '#4d5952',
  '--line': '#dbdcd1',
  '--line-strong': '#8b968e',
  '--link': '#1c6b50',
  '--bar': '#1f8562',
  '--other': '#c2570c',
  '--third': '#2b62a8',
  '--heat': '#35a67f',
  '--heat-other': '#e08a4a',
  '--heat-third': '#6fa3e0',
};

const DARK: typeof LIGHT = {
  '--ground': '#0d1411',
  '--surface': '#151e19',
  '--ink': '#e7eee9',
  '--ink-soft': '#a9b7af',
  '--line': '#2a3830',
  '--line-strong': '#6c7c73',
  '--link': '#6fd0a9',
  '--bar': '#4fb78d',
  '--other': '#f0a05a',
  '--third': '#7db2f0',
  '--heat': '#26735a',
  '--heat-other': '#9a4a10',
  '--heat-third': '#2b5c9e',
};

const declared = (colours: typeof LIGHT): string =>
  Object.entries(colours)
    .map(([name, colour]) => `${name}:${colour}`)
    .join(';');

/** Style rules that name the colours for `selector`. */
export const coloursFor = (selector: string): string =>
  [
    `${selector}{color-scheme:light dark;${declared(LIGHT)}}`,
    `@media (prefers-color-scheme:dark){${selector}{${declared(DARK)}}}`,
    `@media print{${selector}{color-scheme:light;${declared(LIGHT)}}}`,
  ].join('');

export const SANS = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif";
