// One file stands for every version (see ../../../../../_redirects); which one it is about, the address says.

export const entries = (): { name: string; version: string }[] => [{ name: '_', version: '_' }];
