/** A graph, or a part of one, that the kernel does not evaluate: ONNX Runtime does. The message says which, for people. */
export class Unsupported extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Unsupported';
  }
}
