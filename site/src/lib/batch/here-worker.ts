// The other side of here-rows.ts: the model in ONNX Runtime, the contract's encoder, and no request but for both.

import { createEncoder, type Fault, type Findings } from '#contract/features/encode-row.ts';
import type { TabularManifest } from '#contract/manifest.ts';
import { api } from '../browser-api.ts';
import { openHere } from '../here/runtime.ts';
import { rowOfCells, type Columns } from './columns.ts';
import type { HereQuestion, HereReply } from './here-rows.ts';
import { answersOf, type RowAnswer } from './row-answers.ts';

type Answer = (records: readonly (readonly string[])[]) => Promise<readonly RowAnswer[]>;

let opened: Promise<Answer> | null = null;

addEventListener('message', ({ data }: MessageEvent<HereQuestion>) => {
  if ('manifest' in data) {
    opened = open(data.manifest, data.columns);
    // Whoever asks it for answers is told; until then nobody is.
    opened.catch(() => undefined);
  } else void answer(data.records);
});

async function answer(records: readonly (readonly string[])[]): Promise<void> {
  try {
    if (opened === null) throw new Error('no model was named');
    const answers = await (await opened)(records);
    reply({ answers });
  } catch (error) {
    reply({ fault: error instanceof Error ? error.message : String(error) });
  }
}

async function open(manifest: TabularManifest, columns: Columns): Promise<Answer> {
  const { model, version, signature } = manifest;
  const session = await openHere(manifest, await api.readModelBytes(model, version));
  const encoder = createEncoder(signature);
  return async (records) => {
    const features = new Float32Array(records.length * encoder.width);
    const faults = records.map((cells, at): readonly Fault[] => {
      const findings: Findings = { faults: [], warnings: [] };
      const row = rowOfCells(signature, columns, cells);
      encoder.encodeRow(row, features, at * encoder.width, '', findings);
      return findings.faults;
    });
    // Rows with faults run along as whatever they are: only their place matters.
    return answersOf(signature.target, await session.run(features, records.length), faults);
  };
}

const reply = (message: HereReply): void => postMessage(message);
