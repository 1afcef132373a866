// .dvc/config and .dvc/config.local: which remote, where it is. The form is INI, with sections such as ['remote "r2"'].

export type Settings = Readonly<Record<string, string>>;

export interface Config {
  /** By section: `core`, `cache`, `remote "<name>"`. */
  readonly sections: Readonly<Record<string, Settings>>;
}

export interface Remote {
  readonly name: string;
  readonly settings: Settings;
}

/** Throws with the number of the line that is neither a section, a setting, a comment nor empty. */
export function parseConfig(text: string, file: string): Config {
  const sections: Record<string, Record<string, string>> = {};
  let section: Record<string, string> | null = null;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    const name = /^\[(.+)\]$/.exec(line)?.[1];
    const [, key, value] = /^([^=]+?)\s*=\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined) section = sections[unquoted(name.trim())] ??= {};
    else if (section !== null && key !== undefined) section[key] = unquoted(value!);
    else throw new Error(`${file}:${index + 1}: neither a section nor a setting`);
  }
  return { sections };
}

export function formatConfig({ sections }: Config): string {
  return Object.entries(sections)
    .map(([name, settings]) => {
      const header = name.includes('"') ? `['${name}']` : `[${name}]`;
      const lines = Object.entries(settings).map(([key, value]) => `    ${key} = ${value}`);
      return `${[header, ...lines].join('\n')}\n`;
    })
    .join('');
}

/** `local` wins, setting by setting. */
export function mergeConfigs(shared: Config, local: Config): Config {
  const names = new Set([...Object.keys(shared.sections), ...Object.keys(local.sections)]);
  return {
    sections: Object.fromEntries(
      [...names].map((name) => [name, { ...shared.sections[name], ...local.sections[name] }]),
    ),
  };
}

export const remoteSection = (name: string): string => `remote "${name}"`;

/** The remote of that name, or the default one; null when there is none. */
export function remoteOf({ sections }: Config, named?: string): Remote | null {
  const name = named ?? sections.core?.remote;
  const settings = name === undefined ? undefined : sections[remoteSection(name)];
  return name === undefined || settings === undefined ? null : { name, settings };
}

/** The same configuration with that remote, which is the default from now on. */
export function withRemote({ sections }: Config, { name, settings }: Remote): Config {
  return {
    sections: {
      ...sections,
      core: { ...sections.core, remote: name },
      [remoteSection(name)]: settings,
    },
  };
}

const unquoted = (text: string): string => /^(['"])(.*)\1$/.exec(text)?.[2] ?? text;
