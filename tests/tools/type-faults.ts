// Whether the files that `npm run new` writes are the TypeScript they are meant to be: node strips types, it checks none.

import { join, resolve } from 'node:path';
import ts from 'typescript';

const ROOT = resolve(import.meta.dirname, '../..');

/** What the compiler says against the schema and the spec of `model` under `folder`. */
export function typeFaults(folder: string, model: string): readonly string[] {
  const program = ts.createProgram({
    rootNames: [join(folder, 'data', model, 'schema.ts'), join(folder, 'models', model, 'spec.ts')],
    options: {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      target: ts.ScriptTarget.ES2024,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      allowImportingTsExtensions: true,
      types: [],
      paths: { '#contract/*': [join(ROOT, 'contract/*')] },
    },
  });
  return ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => file?.fileName.includes(model))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
