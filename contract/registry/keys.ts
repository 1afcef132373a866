// Where everything of a registry is, in a bucket or under a folder.
//
//   <model>/versions/<n>/manifest.json   the commit point: a version exists when its manifest does
//   <model>/blobs/<sha256>               the files that manifests name; equal files are stored once
//   <model>/aliases.json                 the movable pointers, and who moved them
//   <model>/runs/<sha256>.json           which version a run of these inputs made: a trainer's note, nobody serves by it

/** Model names are path segments and URL segments: lower case letters, digits, hyphens. */
export const isModelName = (name: string): boolean => /^[a-z0-9](?:[a-z0-9-]{0,62})$/.test(name);

/** Versions are "1", "2", …: what every Open Inference Protocol client can put into a URL. */
export const isVersion = (text: string): boolean => /^[1-9][0-9]{0,8}$/.test(text);

/** Aliases start with a letter, so that none can be taken for a version. */
export const isAlias = (text: string): boolean => /^[a-z][a-z0-9-]{0,62}$/.test(text);

export const manifestKey = (model: string, version: string): string =>
  `${model}/versions/${version}/manifest.json`;

export const versionsPrefix = (model: string): string => `${model}/versions/`;

export const blobsPrefix = (model: string): string => `${model}/blobs/`;

export const blobKey = (model: string, sha256: string): string => `${model}/blobs/${sha256}`;

export const aliasesKey = (model: string): string => `${model}/aliases.json`;

export const runKey = (model: string, sha256: string): string => `${model}/runs/${sha256}.json`;

/** The model and version whose manifest is at `key`, or null for any other key. */
export function parseManifestKey(key: string): { model: string; version: string } | null {
  const match = /^([^/]+)\/versions\/([^/]+)\/manifest\.json$/.exec(key);
  const [, model, version] = match ?? [];
  if (model === undefined || version === undefined) return null;
  return isModelName(model) && isVersion(version) ? { model, version } : null;
}
