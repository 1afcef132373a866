// One linear memory for all models of an isolate: each WebAssembly.Memory reserves gigabytes of address space, so there is one,
// and pieces of it are allocated and freed. First fit; neighbours that are free are joined.

export interface LinearMemory {
  /** The address of `bytes` bytes of any content, a multiple of 16. Throws RangeError when there is no more memory. */
  allocate(bytes: number): number;
  /** Takes an address that `allocate` answered, once. */
  free(at: number): void;
  /** Bytes that are allocated now. */
  used(): number;
  /** Views of the memory as it is now: they are other ones after an allocation that let it grow. */
  bytes(): Uint8Array<ArrayBuffer>;
  floats(): Float32Array<ArrayBuffer>;
  words(): Uint32Array<ArrayBuffer>;
}

/** What of `WebAssembly.Memory` is used here. */
export interface Growing {
  readonly buffer: ArrayBuffer;
  /** By pages of 64 KiB. Throws RangeError. */
  grow(pages: number): number;
}

interface Piece {
  readonly at: number;
  readonly size: number;
}

const PAGE = 65_536;
const ALIGNMENT = 16;

/** Address 0 is left free of content, so that it means nothing. */
const START = ALIGNMENT;

export function createLinearMemory(memory: Growing): LinearMemory {
  const sizes = new Map<number, number>();
  let free: Piece[] = [{ at: START, size: memory.buffer.byteLength - START }];
  let used = 0;
  let views = viewsOf(memory.buffer);

  const current = (): typeof views => {
    if (views.bytes.buffer !== memory.buffer) views = viewsOf(memory.buffer);
    return views;
  };

  const give = (piece: Piece): void => {
    const joined: Piece[] = [];
    for (const next of [...free, piece].sort((a, b) => a.at - b.at)) {
      const last = joined.at(-1);
      if (last !== undefined && last.at + last.size === next.at)
        joined[joined.length - 1] = { at: last.at, size: last.size + next.size };
      else joined.push(next);
    }
    free = joined;
  };

  const grow = (bytes: number): void => {
    const end = memory.buffer.byteLength;
    const last = free.at(-1);
    const spare = last !== undefined && last.at + last.size === end ? last.size : 0;
    const pages = Math.ceil((bytes - spare) / PAGE);
    memory.grow(pages);
    give({ at: end, size: pages * PAGE });
  };

  return {
    allocate(bytes) {
      const size = Math.max(ALIGNMENT, Math.ceil(bytes / ALIGNMENT) * ALIGNMENT);
      if (!free.some((piece) => piece.size >= size)) grow(size);
      const index = free.findIndex((piece) => piece.size >= size);
      const { at, size: room } = free[index]!;
      if (room === size) free.splice(index, 1);
      else free[index] = { at: at + size, size: room - size };
      sizes.set(at, size);
      used += size;
      return at;
    },
    free(at) {
      const size = sizes.get(at);
      if (size === undefined) throw new Error(`nothing is allocated at ${at}`);
      sizes.delete(at);
      used -= size;
      give({ at, size });
    },
    used: () => used,
    bytes: () => current().bytes,
    floats: () => current().floats,
    words: () => current().words,
  };
}

const viewsOf = (buffer: ArrayBuffer) => ({
  bytes: new Uint8Array(buffer),
  floats: new Float32Array(buffer),
  words: new Uint32Array(buffer),
});
