// npm run publish | promote | canary | shadow | traffic | rollback | retire | history | diff | verify | registry: what an
// operator does with versions.
// Options in, exit code out. 0 done, 1 it could not be done (or the gate is closed), 2 it was not asked for rightly.

import { availableParallelism, userInfo } from 'node:os';
import { join } from 'node:path';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { CHAMPION } from '#contract/registry/aliases.ts';
import { DEFAULT_GUARDRAIL } from '#contract/traffic/guardrail.ts';
import { retire, rollback } from '#contract/registry/life.ts';
import { readAliases, requireVersion } from '#contract/registry/registry.ts';
import { createKeys } from '#contract/registry/signing.ts';
import type { CanaryRequest } from '#contract/traffic/split-traffic.ts';
import { diffManifests, diffText } from './diff.ts';
import { historyOf, historyText } from './history.ts';
import { LOCAL_R2, openRegistry, REMOTE_R2, type OpenRegistry } from '#store/open-store.ts';
import type { Outcome } from './outcome.ts';
import { promoteVersion } from './promote-version.ts';
import { publishCopy, type CopyOptions } from './publish-copy.ts';
import type { OnnxOptions } from './external/publish-onnx.ts';
import { sweep, sweepText } from './sweep.ts';
import { askTraffic, changeCanary, changeShadow, trafficOf, trafficText } from './traffic.ts';
import {
  GUARDRAIL_HELP,
  guardrailOption,
  percentOption,
  toleranceOption,
} from './trial-options.ts';
import { verifyOutcome, type VerifyCommand } from './verify-outcome.ts';

const ROOT = join(import.meta.dirname, '..');
const HOUR_MS = 3_600_000;

interface Common {
  readonly registry: string;
  readonly persistTo: string;
  readonly json: boolean;
}

interface Reasoned extends Common {
  readonly alias: string;
  readonly reason?: string;
}

interface Promotion extends Reasoned {
  readonly override?: string;
  readonly acceptSignatureChange: boolean;
}

interface TrialOptions extends Common, Omit<CanaryRequest, 'at' | 'by' | 'version' | 'reason'> {
  readonly reason?: string;
}

const program = new Command('npm run')
  .description('The life of a version: publish, promote, roll back, retire, look at it.')
  .exitOverride()
  .configureHelp({ showGlobalOptions: true });

function command(usage: string, description: string): Command {
  return program
    .command(usage)
    .description(description)
    .option(
      '--registry <where>',
      `${LOCAL_R2}, ${REMOTE_R2} (the deployed bucket; keys from the environment), or a folder`,
      LOCAL_R2,
    )
    .option(
      '--persist-to <folder>',
      'where wrangler keeps its local R2',
      join(ROOT, '.wrangler', 'state'),
    )
    .option('--json', 'print one JSON object instead of text', false)
    .allowExcessArguments(false);
}

command(
  'publish <what>',
  'a model of another registry, or an .onnx file of your own, becomes a version',
)
  .option('--name <model>', 'what an .onnx file is called in the registry')
  .option('--signature <file>', 'what goes into an .onnx file and comes out (docs/operate.md)')
  .option('--draft-signature <file>', 'only write what an .onnx file says of its signature itself')
  .option('--tensors', 'an .onnx file has no rows: /v2 alone serves it, by its own tensors', false)
  .option('--without-proof', 'publish an .onnx file though nothing ran it in workerd', false)
  .option('--from <where>', 'the registry that has the model: as --registry')
  .option('--of <version>', 'the version of that model; its champion when not said')
  .option('--override <reason>', 'promote it whatever the gate says; the history keeps why')
  .option('--accept-signature-change', 'promote it though requests may not fit any more', false)
  .action((what: string, options: Common & CopyOptions & OnnxOptions) =>
    run(options, async ({ store }) => {
      const out = options.json ? null : process.stderr;
      if (!what.endsWith('.onnx')) {
        const openOther = (registry: string): Promise<OpenRegistry> =>
          open({ ...options, registry });
        return publishCopy(store, what, { ...options, ...who(), openOther, out });
      }
      // Loaded here because the runtime takes half a second, which nothing else needs.
      const { publishOnnx } = await import('./external/publish-onnx.ts');
      return publishOnnx(store, what, { ...options, ...who(), out });
    }),
  );

command('promote <model> <version>', 'points an alias at a version; the champion through the gate')
  .option('--alias <name>', 'the alias to point', CHAMPION)
  .option('--reason <text>', 'why, for the history')
  .option('--override <reason>', 'promote it whatever the gate says; the history keeps why')
  .option('--accept-signature-change', 'though requests may not fit any more', false)
  .action((model: string, to: string, options: Promotion) =>
    run(options, ({ store }) =>
      promoteVersion(store, model, { reason: 'promoted by hand', ...options, ...who(), to }),
    ),
  );

const trial = (usage: string, description: string): Command =>
  command(usage, description)
    .option('--sample <percent>', 'of its answers are compared', percentOption, 100)
    .option('--tolerance <number>', 'numbers further apart disagree; RMSE', toleranceOption)
    .option('--reason <text>', 'why, for the history');

trial('canary <model> <version>', 'a version answers a share of the requests; "off" ends it')
  .option('--weight <percent>', 'of the requests that name no version', percentOption, 5)
  .option('--guardrail <rules>', GUARDRAIL_HELP, guardrailOption, DEFAULT_GUARDRAIL)
  .action((model: string, version: string, options: TrialOptions) =>
    run(options, ({ store }) =>
      changeCanary(store, model, { reason: 'set by hand', ...options, ...who(), version }),
    ),
  );

trial('shadow <model> <version>', 'a version answers too, seen by nobody; "off" ends it').action(
  (model: string, version: string, options: TrialOptions) =>
    run(options, ({ store }) =>
      changeShadow(store, model, { reason: 'set by hand', ...options, ...who(), version }),
    ),
);

command('traffic <model>', 'which versions are asked, and how they do')
  .option('--url <server>', 'a running Worker, which has the counts: http://localhost:8787')
  .action(async (model: string, options: Common & { readonly url?: string }) => {
    if (options.url === undefined)
      return run(options, async ({ store }) => {
        await historyOf(store, model);
        const aliases = await readAliases(store, model);
        return { fields: { model, ...aliases }, text: trafficOf(model, aliases) };
      });
    const answer = await askTraffic(options.url, model);
    say({ fields: answer, text: trafficText(answer) }, options);
  });

command('rollback <model>', 'points an alias back at the version before; there is no gate')
  .option('--alias <name>', 'the alias to point back', CHAMPION)
  .option('--reason <text>', 'why, for the history')
  .action((model: string, { reason = 'rolled back by hand', alias, ...options }: Reasoned) =>
    run(options, async ({ store }) => {
      const move = await rollback(store, model, { ...who(), alias, reason });
      return {
        fields: move,
        text: `${model}: ${alias} is version ${move.to} again, not ${move.from}`,
      };
    }),
  );

command('retire <model> <version>', 'takes a version out of service for good; its files stay')
  .option('--reason <text>', 'why, for the history')
  .action((model: string, version: string, { reason = 'retired by hand', ...options }: Reasoned) =>
    run(options, async ({ store }) => {
      await retire(store, model, { ...who(), version, reason });
      return {
        fields: { model, version, reason },
        text: `${model}: version ${version} is retired`,
      };
    }),
  );

command('history <model>', 'versions, aliases, and who moved what, when and why').action(
  (model: string, options: Common) =>
    run(options, async ({ store }) => {
      const history = await historyOf(store, model);
      return { fields: history, text: historyText(history) };
    }),
);

command(
  'diff <model> <before> <after>',
  'what differs between two versions: metrics, parameters, signature',
).action((model: string, before: string, after: string, options: Common) =>
  run(options, async ({ store }) => {
    const manifests = [before, after].map((version) => requireVersion(store, model, version));
    const [one, two] = await Promise.all(manifests);
    const differences = diffManifests(one!, two!);
    return { fields: differences, text: diffText(differences, before, after) };
  }),
);

command(
  'verify <model> [version]',
  'derives every hash of a version again (its champion when none is said), and trains it again where its table is here',
)
  .option('--no-retrain', 'the hashes alone')
  .option('--data-root <folder>', 'holds a folder per dataset', join(ROOT, 'data'))
  .option('--spec-root <folder>', 'holds the folder models/', ROOT)
  .option(
    '--threads <count>',
    'folds that are worked on at a time',
    parseThreads,
    availableParallelism(),
  )
  .action((model: string, version: string | undefined, options: Common & VerifyCommand) =>
    run(options, ({ store }) => verifyOutcome(store, { model, version, root: ROOT }, options)),
  );

command('sweep', 'deletes files that interrupted uploads left and that no version names')
  .option(
    '--older-than <hours>',
    'leave younger files alone: they may be an upload at work',
    parseHours,
    24,
  )
  .option('--dry-run', 'only say what would be deleted', false)
  .action((options: Common & { readonly olderThan: number; readonly dryRun: boolean }) =>
    run(options, async ({ store }) => {
      const before = new Date(Date.now() - options.olderThan * HOUR_MS);
      const swept = await sweep(store, { before, dryRun: options.dryRun });
      return { fields: swept, text: sweepText(swept, options.dryRun) };
    }),
  );

program
  .command('keys')
  .description('makes a pair of keys for signing versions: keep the first, hand out the second')
  .allowExcessArguments(false)
  .action(async () => {
    const { private_key, public_key } = await createKeys();
    process.stdout.write(`SIGNING_KEY=${private_key}\nTRUSTED_KEYS=${public_key}\n`);
  });

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else fail(error instanceof Error ? error.message : String(error));
}

async function run(
  options: Common,
  work: (opened: OpenRegistry) => Promise<Outcome>,
): Promise<void> {
  const opened = await open(options);
  try {
    say(await work(opened), options);
  } finally {
    await opened.close();
  }
}

function say({ fields, text, fault }: Outcome, { json }: Pick<Common, 'json'>): void {
  process.stdout.write(`${json ? JSON.stringify(fields) : text}\n`);
  if (fault !== undefined) fail(fault);
}

function open({ registry, persistTo }: Common): Promise<OpenRegistry> {
  return openRegistry({ registry, root: ROOT, state: persistTo });
}

function who(): { by: string; at: string } {
  return { by: userName(), at: new Date().toISOString() };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A process without an entry in the system's list of users, as in some containers.
    return 'unknown';
  }
}

function parseThreads(text: string): number {
  if (!/^[1-9][0-9]?$/.test(text)) throw new InvalidArgumentError('not a number of threads');
  return Number(text);
}

function parseHours(text: string): number {
  if (!/^[0-9]{1,6}$/.test(text)) throw new InvalidArgumentError('not a number of hours');
  return Number(text);
}

function fail(message: string): void {
  process.stderr.write(`error: ${message}\n`);
  process.exitCode = 1;
}
