// This file answers at addresses the router does not know: it stays as it is written.

export const csr = false;
