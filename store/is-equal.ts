// Whether an object that was found is the one that was to be written: how a writer knows that its lost answer was a yes.

export function isEqual(found: Uint8Array | undefined, bytes: Uint8Array): boolean {
  return found?.length === bytes.length && found.every((byte, place) => byte === bytes[place]);
}
