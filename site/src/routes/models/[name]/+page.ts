// One file stands for every model (see ../../../../_redirects); which one it is about, the address says.

export const entries = (): { name: string }[] => [{ name: '_' }];
