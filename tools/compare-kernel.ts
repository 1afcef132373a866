// `npm run kernel:compare -- 3000`: so many random models, each answered by the kernel, its reference and ONNX Runtime. Exit code
// 1 when one value of one answer differs.

import { compareModels } from '../tests/engine/kernel/compare-models.ts';

const count = Number(process.argv[2] ?? 3_000);
const first = Number(process.argv[3] ?? 1);
const { equal, refused, left, different } = await compareModels(first, count);
for (const line of [...left, ...different]) console.log(line);
console.log(
  `${count} models from seed ${first}: ${equal} equal to the bit, ${different.length} different, ` +
    `${left.length} left to ONNX Runtime, ${refused} whose rows ONNX Runtime refuses`,
);
process.exitCode = different.length > 0 ? 1 : 0;
