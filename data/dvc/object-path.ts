// Where an object is in DVC's storage, under the cache and every remote alike.

/** `files/md5/<2 hex>/<30 hex>[.dir]`. */
export const objectPath = (name: string): string =>
  `files/md5/${name.slice(0, 2)}/${name.slice(2)}`;
