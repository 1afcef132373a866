// `npm run conformance -- <url>`: asks any server of the Open Inference Protocol what it is supposed to answer, and says
// which cases passed, failed and were skipped. Exit code 1 when one failed.

import { readFile } from 'node:fs/promises';
import Table from 'cli-table3';
import { Command } from 'commander';
import color from 'picocolors';
import { createAsk } from '../tests/conformance/ask.ts';
import { learn } from '../tests/conformance/oip/subject.ts';
import { parseTensors } from '../tests/conformance/oip/tensors.ts';
import { OIP_TOPICS } from '../tests/conformance/oip/topics.ts';
import { runTopics, type Outcome } from '../tests/conformance/run.ts';

interface Options {
  readonly model?: string;
  readonly inputs?: string;
  readonly json: boolean;
}

const program = new Command('npm run conformance --')
  .description('Asks a server of the Open Inference Protocol (v2, REST) what it must answer.')
  .argument('<url>', 'the server, as far as the path before /v2')
  .option('--model <name>', 'by default the first one the server names')
  .option('--inputs <file>', 'JSON list of input tensors the model answers; by default made up')
  .option('--json', 'print one JSON object instead of tables', false)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse();

try {
  const outcomes = await conform(program.args[0]!, program.opts<Options>());
  process.exitCode = outcomes.some(({ result }) => result === 'failed') ? 1 : 0;
} catch (error) {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function conform(url: string, options: Options): Promise<readonly Outcome[]> {
  const ask = createAsk(url.replace(/\/+$/, ''), fetch);
  const inputs = options.inputs === undefined ? {} : { inputs: await readInputs(options.inputs) };
  const model = options.model === undefined ? {} : { model: options.model };
  const subject = await learn(ask, { ...model, ...inputs }).catch((cause: Error) => {
    throw new Error(`${url}: ${cause.message}`, { cause });
  });
  const outcomes: Outcome[] = [];
  for await (const outcome of runTopics(OIP_TOPICS, ask, subject)) {
    outcomes.push(outcome);
    if (!options.json && process.stdout.isTTY) process.stdout.write(MARKS[outcome.result]);
  }
  const { server, model: asked } = subject;
  if (options.json)
    console.log(
      JSON.stringify({ url, server, model: asked.name, ...countsOf(outcomes), outcomes }),
    );
  else report(`${server} at ${url}, model ${asked.name}`, outcomes);
  return outcomes;
}

const MARKS: Readonly<Record<Outcome['result'], string>> = {
  passed: color.green('.'),
  failed: color.red('✗'),
  skipped: color.dim('-'),
};

function countsOf(outcomes: readonly Outcome[]): Record<Outcome['result'], number> {
  const count = (result: Outcome['result']): number =>
    outcomes.filter((outcome) => outcome.result === result).length;
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
}

function report(title: string, outcomes: readonly Outcome[]): void {
  const table = new Table({
    head: ['topic', 'passed', 'failed', 'skipped'],
    style: { head: [], border: [] },
  });
  for (const topic of new Set(outcomes.map((outcome) => outcome.topic))) {
    const { passed, failed, skipped } = countsOf(outcomes.filter((one) => one.topic === topic));
    table.push([topic, passed, failed, skipped]);
  }
  console.log(`\n${title}\n${table.toString()}`);
  for (const { topic, name, reason } of outcomes.filter(({ result }) => result === 'failed'))
    console.log(`${color.red('failed')}  ${topic}: ${name}\n        ${color.dim(reason)}`);
  for (const [reason, count] of reasonsOf(outcomes))
    console.log(`${color.dim(`skipped ${count}: ${reason}`)}`);
  const { passed, failed, skipped } = countsOf(outcomes);
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
}

/** Why cases were skipped, and how many for each reason. */
function reasonsOf(outcomes: readonly Outcome[]): ReadonlyMap<string, number> {
  const reasons = new Map<string, number>();
  for (const { result, reason } of outcomes)
    if (result === 'skipped') reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  return reasons;
}

async function readInputs(path: string): Promise<ReturnType<typeof parseTensors>> {
  try {
    return parseTensors(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    throw new Error(`${path}: ${(cause as Error).message}`, { cause });
  }
}
