// Reports of every family of models, on tables with labels, two labels and a number, with names that try to break out.

import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storeRaw } from '#data/versions/raw-store.ts';
import type { ObjectStore } from '#contract/registry/object-store.ts';
import type { Column, DatasetSchema } from '#contract/schema.ts';
import type { Candidate, ModelSpec } from '#contract/spec.ts';
import { train } from '../../trainer/pipeline.ts';
import { createRandom } from '../../trainer/table/random.ts';
import { writeReport, type WrittenReport } from '../../trainer/report/run.ts';
import type { RunStage } from '../../trainer/stages.ts';
import { memoryStore } from '../contract/stores.ts';
import { runCli } from '../tools/run-cli.ts';

const ROOT = join(import.meta.dirname, '..', '..');

const CANDIDATES = {
  tree: { algorithm: 'tree', parameters: { max_depth: 12, min_rows: 4, smoothing: 1 } },
  linear: { algorithm: 'linear', parameters: { l2: 1 } },
  forest: {
    algorithm: 'forest',
    parameters: {
      ...{ trees: 4, max_depth: 8, min_rows: 4, smoothing: 1 },
      ...{ feature_share: 0.7, bootstrap: true },
    },
  },
  boosting: {
    algorithm: 'boosting',
    parameters: {
      ...{ rounds: 5, learning_rate: 0.2, max_leaves: 4, leaf_rows: 4, l2: 1 },
      ...{ subsample: 1, patience: 0 },
    },
  },
  boosted_linear: {
    algorithm: 'boosted_linear',
    parameters: {
      ...{ rounds: 3, learning_rate: 0.2, max_leaves: 4, leaf_rows: 4, l2: 1 },
      ...{ subsample: 1, patience: 0, linear_l2: 1 },
    },
  },
} as const satisfies Record<string, Candidate>;

type Family = keyof typeof CANDIDATES;

/** Every family answers labels and a number; what is dear to fit with 18 labels is fitted with two. */
const FAMILIES: Readonly<Record<string, readonly Family[]>> = {
  crocodile: ['tree', 'boosted_linear'],
  offers: ['linear', 'forest', 'boosting'],
  flats: ['tree', 'linear', 'forest', 'boosting', 'boosted_linear'],
};

const described = { description: 'Made up.' };

/** Names that are markup where they are not escaped, and one that is long. */
const COLUMNS: readonly Column[] = [
  {
    ...described,
    name: 'Size <m²> & "more"',
    type: 'number',
    unit: 'm²',
    minimum: 0,
    maximum: 500,
    nullable: true,
    api_name: 'size',
  },
  {
    ...described,
    name: 'Rooms',
    type: 'number',
    unit: null,
    minimum: 0,
    maximum: 20,
    integer: true,
  },
  { ...described, name: 'Kind', type: 'category', categories: null, nullable: true },
  { ...described, name: 'Has a lift', type: 'boolean' },
  { ...described, name: 'Sold', type: 'date' },
];
const KINDS = [
  '<b>Hut</b>',
  'House & "garden"',
  'A flat in a house of very many storeys, without a view of the sea',
];

const LABELLED: Column = { ...described, name: 'Taken?', type: 'category', categories: null };
const PRICED: Column = {
  ...described,
  name: 'Price (€)',
  type: 'number',
  unit: '€',
  minimum: -1e6,
  maximum: 1e7,
};

/** The price follows size and kind; what is dear is seldom taken. */
function table(rows: number, target: 'label' | 'price'): string {
  const random = createRandom(4, 'report tables');
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const lines = Array.from({ length: rows }, () => {
    const [size, kind] = [20 + random.next() * 180, random.below(3)];
    const price = size * 3000 * (1 + kind / 4) + random.next() * 90_000 - 150_000;
    const said = random.next() < 0.06 ? '' : size.toFixed(1);
    const day = `20${String(10 + random.below(12))}-${String(1 + random.below(12)).padStart(2, '0')}-17`;
    const known = random.next() < 0.04 ? '' : quoted(KINDS[kind]!);
    const taken = price > 250_000 + random.next() * 1e5 ? 'no' : 'yes';
    const answer = target === 'price' ? price.toFixed(0) : taken;
    return [said, 1 + random.below(6), known, random.next() < 0.03, day, answer].join(',');
  });
  const header = [...COLUMNS, target === 'price' ? PRICED : LABELLED].map(({ name }) =>
    quoted(name),
  );
  return [header.join(','), ...lines, ''].join('\n');
}

async function makeDataset(dataRoot: string, dataset: string, target: 'label' | 'price') {
  const schema: DatasetSchema = {
    ...{ dataset, title: dataset, description: 'Made up.', source: 'a test', licence: 'CC0' },
    columns: [...COLUMNS, target === 'price' ? PRICED : LABELLED],
  };
  await mkdir(join(dataRoot, dataset), { recursive: true });
  await writeFile(
    join(dataRoot, dataset, 'schema.ts'),
    `export default ${JSON.stringify(schema)};\n`,
  );
  const bytes = new TextEncoder().encode(table(240, target));
  const raw = { bytes, name: `${dataset}.csv`, source: 'a test', synthetic: true };
  await storeRaw(dataRoot, dataset, raw, 240);
}

async function makeCrocodiles(dataRoot: string): Promise<void> {
  for (const file of ['schema.ts', 'generate.ts', 'species.ts'])
    await cp(join(ROOT, 'data', 'crocodile', file), join(dataRoot, 'crocodile', file));
  const { code, err } = await runCli('data/cli.ts', [
    '--root',
    dataRoot,
    '--synthetic',
    '--rows',
    '300',
  ]);
  if (code !== 0) throw new Error(err);
}

export interface MadeReport extends WrittenReport {
  readonly model: string;
  readonly folder: string;
}

export interface Workshop {
  readonly folder: string;
  readonly dataRoot: string;
  readonly store: ObjectStore;
  readonly reports: readonly MadeReport[];
}

const silently: RunStage = async (_name, work) => work(() => undefined);

/** One version and its report of each family and table. The folder is the caller's to remove. */
export async function makeReports(): Promise<Workshop> {
  const folder = await mkdtemp(join(tmpdir(), 'gharial-reports-'));
  const dataRoot = join(folder, 'data');
  const store = memoryStore();
  await makeDataset(dataRoot, 'offers', 'label');
  await makeDataset(dataRoot, 'flats', 'price');
  await makeCrocodiles(dataRoot);
  const crocodiles: ModelSpec = (await import('#models/crocodile-species/spec.ts')).default;
  const columns = COLUMNS.map(({ name }) => name);
  const specs = [
    crocodiles,
    { dataset: 'offers', target: LABELLED.name, features: columns },
    { dataset: 'flats', target: PRICED.name, features: columns },
  ];
  const reports: MadeReport[] = [];
  for (const spec of specs)
    for (const family of FAMILIES[spec.dataset]!) {
      const model = `${spec.dataset}-${family.replace('_', '-')}`;
      const { manifest } = await train(
        {
          ...{ title: model, description: 'Made <up> & "quoted".', seed: 1 },
          budget: { nodes: 20_000, bytes: 1_000_000 },
          ...spec,
          model,
          folds: 2,
          candidates: [CANDIDATES[family]],
        },
        {
          dataRoot,
          store,
          provenance: { codeCommit: null, tools: { gharial: '0.1.0' } },
          ...{ parityRows: 50, threads: 1, isCurveAsked: true },
          createdAt: new Date('2026-05-06T07:08:09Z'),
          stage: silently,
        },
      );
      const written = await writeReport({
        store,
        model,
        version: manifest.version,
        dataRoot,
        reports: join(folder, 'reports'),
      });
      reports.push({ ...written, model, folder: join(folder, 'reports', model, '1') });
    }
  return { folder, dataRoot, store, reports };
}
