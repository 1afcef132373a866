// kernel.wat in TypeScript, to the bit: what the assembled file is tested against, and what serves where WebAssembly does not.

import type { Kernel, KernelCode } from './code.ts';
import { createLinearMemory, type Growing, type LinearMemory } from './linear-memory.ts';

const NODE_BYTES = 12;

export function startReference(): Kernel {
  const memory = createLinearMemory(growingBuffer());
  return { code: referenceCode(memory), memory };
}

function referenceCode(memory: LinearMemory): KernelCode {
  const walk = (root: number, row: number): number => {
    const [floats, words] = [memory.floats(), memory.words()];
    let node = root;
    for (;;) {
      const word = words[(node >>> 2) + 1]!;
      const value = floats[(row + (word >>> 8)) >>> 2]!;
      const threshold = floats[node >>> 2]!;
      const place =
        Number(value < threshold) |
        (Number(value <= threshold) << 1) |
        (Number(value >= threshold) << 2);
      const next = words[(node >>> 2) + 2]! + NODE_BYTES * ((word >>> place) & 1);
      if (next === node) return node;
      node = next;
    }
  };

  return {
    sum(roots, trees, rows, count, stride, scores) {
      const [floats, words] = [memory.floats(), memory.words()];
      for (let row = 0; row < count; row++)
        for (let tree = 0; tree < trees; tree++) {
          const leaf = walk(words[(roots >>> 2) + tree]!, rows + row * stride);
          floats[(scores >>> 2) + row]! += floats[leaf >>> 2]!;
        }
    },
    spread(roots, trees, rows, count, stride, scores, width, marks) {
      const [floats, words] = [memory.floats(), memory.words()];
      for (let row = 0; row < count; row++)
        for (let tree = 0; tree < trees; tree++) {
          const leaf = walk(words[(roots >>> 2) + tree]!, rows + row * stride);
          const list = words[leaf >>> 2]! >>> 2;
          for (let entry = 0; entry < words[list]!; entry++) {
            const target = (scores + row * width + words[list + 1 + 2 * entry]!) >>> 2;
            floats[target]! += floats[list + 2 + 2 * entry]!;
            words[target + (marks >>> 2)] = 1;
          }
        }
    },
    multiply(rows, count, depth, weights, start, width, out, block) {
      const floats = memory.floats();
      for (let row = 0; row < count; row++)
        for (let column = 0; column < width; column++) {
          let total = floats[(start >>> 2) + column]!;
          for (let first = 0; first < depth; first += block) {
            let sum = 0;
            for (let k = first; k < Math.min(first + block, depth); k++) {
              const weight = floats[(weights >>> 2) + k * width + column]!;
              sum = Math.fround(
                sum + Math.fround(floats[(rows >>> 2) + row * depth + k]! * weight),
              );
            }
            total = Math.fround(total + sum);
          }
          floats[(out >>> 2) + row * width + column] = total;
        }
    },
  };
}

/** What `WebAssembly.Memory` does. */
function growingBuffer(): Growing {
  let buffer = new ArrayBuffer(65_536);
  return {
    get buffer() {
      return buffer;
    },
    grow(pages) {
      const before = buffer.byteLength;
      buffer = buffer.transfer(before + pages * 65_536);
      return before / 65_536;
    },
  };
}
