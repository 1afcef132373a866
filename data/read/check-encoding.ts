// Recognises what is no table of UTF-8 text before anyone tries to read its cells.

const LFS_POINTER = 'version https://git-lfs.github.com/spec/';

/** V8 cannot hold a longer text. */
const LARGEST = 500 * 2 ** 20;

/** First bytes of what people take for a table. */
const MAGIC: readonly (readonly [bytes: readonly number[], is: string])[] = [
  [[0xff, 0xfe], 'is UTF-16, not UTF-8: save it as "CSV UTF-8"'],
  [[0xfe, 0xff], 'is UTF-16, not UTF-8: save it as "CSV UTF-8"'],
  [[0x1f, 0x8b], 'is compressed with gzip: unpack it first'],
  [[0x50, 0x4b, 0x03, 0x04], 'is a zip archive or a spreadsheet: save the table as CSV'],
  [[0x50, 0x41, 0x52, 0x31], 'is a Parquet file: save the table as CSV'],
  [[0x25, 0x50, 0x44, 0x46], 'is a PDF'],
];

/** The bytes without their byte order mark (UTF-8's is the only one that is read). */
export function withoutBom(bytes: Uint8Array): Uint8Array {
  return startsWith(bytes, [0xef, 0xbb, 0xbf]) ? bytes.subarray(3) : bytes;
}

/** Why these bytes (without a byte order mark) can be no table of UTF-8 text, or null. Single cells are checked later. */
export function checkEncoding(bytes: Uint8Array): string | null {
  if (bytes.length > LARGEST) return `is larger than ${LARGEST} bytes`;
  for (const [magic, is] of MAGIC) if (startsWith(bytes, magic)) return is;
  const start = new TextDecoder().decode(bytes.subarray(0, 200)).trimStart();
  if (start.startsWith(LFS_POINTER))
    return 'is a Git LFS pointer, not the table: run "git lfs pull" where it was cloned';
  if (/^<(!doctype|html|\?xml)/i.test(start))
    return 'is a web page, not a table: an error or login page was saved';
  if (/^[[{]\s*["{[]/.test(start)) return 'is JSON, not a table';
  const zero = bytes.indexOf(0);
  if (zero !== -1) return `is binary or UTF-16, not UTF-8: byte ${zero} is zero`;
  if (start === '' && isBlank(bytes)) return 'is empty';
  return null;
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

const isBlank = (bytes: Uint8Array): boolean =>
  bytes.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));
