// What was installed where it was measured.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../tools/wrangler.ts';

const PYTHON_PACKAGES = ['fastapi', 'uvicorn', 'uvloop', 'scikit-learn', 'onnxruntime'];

const SCRIPT = `
import importlib.metadata as m, platform
print("python", platform.python_version())
for name in ${JSON.stringify(PYTHON_PACKAGES)}:
    try: print(name, m.version(name))
    except m.PackageNotFoundError: pass
`;

export function versionsOf(peers: {
  readonly python?: string;
  readonly withFastify?: string;
}): Readonly<Record<string, string>> {
  const versions: Record<string, string> = { node: process.versions.node };
  for (const name of ['workerd', 'onnxruntime-web', 'hono']) versions[name] = versionIn(ROOT, name);
  if (peers.withFastify !== undefined)
    for (const name of ['fastify', 'onnxruntime-node'])
      versions[name] = versionIn(peers.withFastify, name);
  if (peers.python !== undefined)
    for (const line of execFileSync(peers.python, ['-c', SCRIPT], { encoding: 'utf8' })
      .trim()
      .split('\n')) {
      const [name = '', version = ''] = line.split(' ');
      versions[name] = version;
    }
  return versions;
}

function versionIn(folder: string, name: string): string {
  const manifest = join(folder, 'node_modules', name, 'package.json');
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}
