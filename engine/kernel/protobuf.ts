// A cursor over the bytes of a protocol buffer (protobuf.dev/programming-guides/encoding): no objects are made of fields that
// nobody asks for, and long lists go straight into typed arrays. It never reads outside of its bytes.

/** The bytes are no protocol buffer. */
export class ProtobufError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ProtobufError';
  }
}

const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;

export class Cursor {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;
  /** Number of the field that `next` found. */
  field = 0;
  #wire = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Goes to the next field; false at the end. Each field is then read by one call, or passed over by `skip`. */
  next(): boolean {
    if (this.#at >= this.#bytes.length) return false;
    const tag = this.#varint();
    this.field = Math.floor(tag / 8);
    this.#wire = tag % 8;
    if (this.field === 0) throw new ProtobufError(`field 0 at byte ${this.#at}`);
    return true;
  }

  skip(): void {
    if (this.#wire === VARINT) this.#varint();
    else if (this.#wire === FIXED64) this.#advance(8);
    else if (this.#wire === LENGTH) this.#advance(this.#varint());
    else if (this.#wire === FIXED32) this.#advance(4);
    else throw new ProtobufError(`wire type ${this.#wire} at byte ${this.#at}`);
  }

  /** An integer; beyond 2⁵³ of about its size. */
  integer(): number {
    this.#expect(VARINT);
    return this.#varint();
  }

  /** The same to the last digit. */
  bigInteger(): bigint {
    this.#expect(VARINT);
    return this.#bigVarint();
  }

  float(): number {
    this.#expect(FIXED32);
    return this.#view.getFloat32(this.#advance(4), true);
  }

  /** A message, or the bytes of a text. */
  bytes(): Uint8Array {
    this.#expect(LENGTH);
    const length = this.#varint();
    const start = this.#advance(length);
    return this.#bytes.subarray(start, start + length);
  }

  text(): string {
    return new TextDecoder().decode(this.bytes());
  }

  /** Calls `add` for one element of a repeated field, or for all of them where the field is packed. */
  integers(add: (value: number) => void): void {
    if (this.#wire === VARINT) return add(this.#varint());
    this.#expect(LENGTH);
    const length = this.#varint();
    const end = this.#advance(length) + length;
    this.#at = end - length;
    while (this.#at < end) add(this.#varint());
    if (this.#at !== end)
      throw new ProtobufError(`a list that ends inside a number at byte ${end}`);
  }

  bigIntegers(add: (value: bigint) => void): void {
    if (this.#wire === VARINT) return add(this.#bigVarint());
    this.#expect(LENGTH);
    const length = this.#varint();
    const end = this.#advance(length) + length;
    this.#at = end - length;
    while (this.#at < end) add(this.#bigVarint());
    if (this.#at !== end)
      throw new ProtobufError(`a list that ends inside a number at byte ${end}`);
  }

  /** Goes past what `integers` would read, and says how many there are. */
  countIntegers(): number {
    if (this.#wire !== LENGTH) return (this.skip(), 1);
    const bytes = this.bytes();
    let count = 0;
    for (let at = 0; at < bytes.length; at++) if (bytes[at]! < 0x80) count++;
    return count;
  }

  countFloats(): number {
    if (this.#wire !== LENGTH) return (this.skip(), 1);
    return this.bytes().length >>> 2;
  }

  floats(add: (value: number) => void): void {
    if (this.#wire === FIXED32) return add(this.float());
    const bytes = this.bytes();
    if (bytes.length % 4 !== 0) throw new ProtobufError(`${bytes.length} bytes of float32`);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at < bytes.length; at += 4) add(view.getFloat32(at, true));
  }

  #expect(wire: number): void {
    if (this.#wire !== wire)
      throw new ProtobufError(`field ${this.field} has wire type ${this.#wire} instead of ${wire}`);
  }

  #advance(count: number): number {
    const start = this.#at;
    if (count > this.#bytes.length - start)
      throw new ProtobufError(`${count} bytes at byte ${start} of ${this.#bytes.length}`);
    this.#at = start + count;
    return start;
  }

  #varint(): number {
    const first = this.#bytes[this.#at];
    if (first !== undefined && first < 0x80) {
      this.#at++;
      return first;
    }
    let value = 0;
    let scale = 1;
    for (let count = 0; count < 10; count++) {
      const byte = this.#bytes[this.#advance(1)]!;
      value += (byte & 0x7f) * scale;
      scale *= 128;
      // Ten bytes are a negative number in two's complement.
      if (byte < 0x80) return value >= 2 ** 63 ? -fromTop(this.#bytes, this.#at) : value;
    }
    throw new ProtobufError(`a number of more than ten bytes at byte ${this.#at}`);
  }

  #bigVarint(): bigint {
    let value = 0n;
    for (let count = 0n; count < 10n; count++) {
      const byte = this.#bytes[this.#advance(1)]!;
      value |= BigInt(byte & 0x7f) << (7n * count);
      if (byte < 0x80) return BigInt.asIntN(64, value);
    }
    throw new ProtobufError(`a number of more than ten bytes at byte ${this.#at}`);
  }
}

/** How far below 0 the ten bytes before `end` are: the complement and 1, which keeps small negative numbers exact. */
function fromTop(bytes: Uint8Array, end: number): number {
  let complement = 0;
  for (let count = 9; count >= 0; count--) {
    const width = count === 9 ? 1 : 7;
    const bits = bytes[end - 10 + count]! & (2 ** width - 1);
    complement = complement * 2 ** width + (2 ** width - 1 - bits);
  }
  return complement + 1;
}
