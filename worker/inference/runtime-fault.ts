// What sessions throw.

/** ONNX Runtime refused bytes, a shape or a run; the other sessions are not touched by it. */
export class RuntimeFault extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RuntimeFault';
  }
}
