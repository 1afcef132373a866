// The .onnx files of tests/fixtures, inside workerd, which has no file system.

const files = import.meta.glob<string>('../fixtures/*.onnx', {
  eager: true,
  import: 'default',
  query: '?inline',
});

export function fixtureBytes(name: string): Uint8Array {
  const encoded = files[`../fixtures/${name}.onnx`]!.split(',')[1]!;
  return Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0));
}
