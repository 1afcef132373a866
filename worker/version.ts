// What this server calls itself.

import manifest from '../package.json' with { type: 'json' };

export const NAME = 'gharial';
export const VERSION: string = manifest.version;
