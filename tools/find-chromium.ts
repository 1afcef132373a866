// Where a Chromium is on this machine, and how it is started without asking anybody anything.

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge',
  'chrome',
];

/** Browsers that are installed without being on the PATH. */
const PLACES: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  linux: ['/snap/bin/chromium', '/opt/google/chrome/chrome'],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) => {
    const folder = process.env[variable];
    if (folder === undefined) return [];
    return [
      join(folder, 'Google/Chrome/Application/chrome.exe'),
      join(folder, 'Chromium/Application/chrome.exe'),
      join(folder, 'Microsoft/Edge/Application/msedge.exe'),
    ];
  }),
};

/** The path of a Chromium: CHROME_PATH, then the PATH, then where installers put it. Null when there is none. */
export function findChromium(): string | null {
  const { CHROME_PATH, PATH = '' } = process.env;
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const candidates = [
    ...(CHROME_PATH === undefined || CHROME_PATH === '' ? [] : [CHROME_PATH]),
    ...PATH.split(delimiter).flatMap((folder) =>
      NAMES.map((name) => join(folder, `${name}${suffix}`)),
    ),
    ...(PLACES[process.platform] ?? []),
  ];
  return candidates.find((path) => existsSync(path)) ?? null;
}

/** Arguments for a headless run that fetches nothing of its own; as root there is no sandbox to be had. */
export function chromiumArguments(): string[] {
  const quiet = [
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  const root = ['--no-sandbox', '--disable-dev-shm-usage'];
  return process.getuid?.() === 0 ? [...root, ...quiet] : quiet;
}
