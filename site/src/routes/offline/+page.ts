// Stands for every address whose page is not kept on this device: it stays as it is written, whatever the address is.

export const csr = false;
